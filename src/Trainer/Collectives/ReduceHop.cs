namespace Granary.Trainer.Collectives;

/// <summary>
/// Reduce-scatter, then all-gather: partial sums pass through without touching this rank's numbers, the rank that completes a sum keeps
/// it, and the others take it over on its second round.
/// </summary>
/// <param name="values">This rank's numbers.</param>
/// <param name="wire">How they travel.</param>
/// <param name="worldSize">Ranks.</param>
/// <param name="scale">What sums are multiplied by.</param>
internal readonly ref struct ReduceHop(Span<float> values, WireFormat wire, int worldSize, float scale) : IRingHop
{
    private readonly Span<float> _values = values;

    /// <inheritdoc/>
    public int ElementBytes => wire.ElementBytes;

    /// <inheritdoc/>
    public void Begin(int offset, int count, Span<byte> next) => wire.Write(_values.Slice(offset, count), next);

    /// <inheritdoc/>
    public void Pass(int step, int offset, int count, ReadOnlySpan<byte> wireBytes, Span<byte> next)
    {
        var own = _values.Slice(offset, count);
        if (step < worldSize - 2)
        {
            wire.Add(wireBytes, own, next);
        }
        else if (step == worldSize - 2)
        {
            wire.Finish(wireBytes, own, scale, next);
        }
        else
        {
            wireBytes.CopyTo(next);
            wire.Read(wireBytes, own);
        }
    }

    /// <inheritdoc/>
    public void End(int offset, int count, ReadOnlySpan<byte> wireBytes) => wire.Read(wireBytes, _values.Slice(offset, count));
}
