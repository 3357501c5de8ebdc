namespace Granary;

/// <summary>A sweep's id: its name, a dash and a number that counts the sweeps of that name, such as <c>fashion-lr-3</c>.</summary>
/// <param name="Value">The text.</param>
[GenerateSerializer, Immutable, Alias("granary.SweepId")]
public readonly record struct SweepId([property: Id(0)] string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
