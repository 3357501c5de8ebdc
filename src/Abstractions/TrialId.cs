using System.Globalization;

namespace Granary;

/// <summary>A trial's id: its sweep's id, a slash and its number with at least four digits, such as <c>fashion-lr-3/0007</c>.</summary>
/// <param name="Sweep">The sweep.</param>
/// <param name="Number">The trial's number, from 1.</param>
[GenerateSerializer, Immutable, Alias("granary.TrialId")]
public readonly record struct TrialId([property: Id(0)] SweepId Sweep, [property: Id(1)] int Number)
{
    /// <summary>Reads an id.</summary>
    /// <param name="text">The id's text.</param>
    /// <exception cref="FormatException">The text is not a trial's id.</exception>
    public static TrialId Parse(string text)
    {
        int slash = text.LastIndexOf('/');
        return slash > 0 && int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? new TrialId(new SweepId(text[..slash]), number)
            : throw new FormatException($"'{text}' is not a trial's id; one looks like fashion-lr-3/0007.");
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sweep}/{Number:D4}");
}
