using System.Globalization;
using Granary.Trials;

namespace Granary.Grains.Trials;

/// <summary>One step of a trial's life.</summary>
/// <param name="At">When.</param>
/// <param name="Event">What happened.</param>
/// <param name="From">Where the trial stood.</param>
/// <param name="To">Where it stands since.</param>
/// <param name="Why">Why, in words; may be empty.</param>
[GenerateSerializer, Immutable, Alias("granary.JournalEntry")]
public sealed record JournalEntry(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] string Event,
    [property: Id(2)] TrialState From,
    [property: Id(3)] TrialState To,
    [property: Id(4)] string Why)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At:HH:mm:ss.fff} {Event}: {From} -> {To}{(Why.Length > 0 ? " (" + Why + ")" : "")}");
}
