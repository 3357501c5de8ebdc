namespace Granary.Trainer.Collectives;

/// <summary>All-gather of bytes: every rank keeps what comes through.</summary>
/// <param name="all">Every rank's bytes, in order of rank; this rank's are there already.</param>
internal readonly ref struct GatherHop(Span<byte> all) : IRingHop
{
    private readonly Span<byte> _all = all;

    /// <inheritdoc/>
    public int ElementBytes => 1;

    /// <inheritdoc/>
    public void Begin(int offset, int count, Span<byte> next) => _all.Slice(offset, count).CopyTo(next);

    /// <inheritdoc/>
    public void Pass(int step, int offset, int count, ReadOnlySpan<byte> wire, Span<byte> next)
    {
        wire.CopyTo(next);
        wire.CopyTo(_all.Slice(offset, count));
    }

    /// <inheritdoc/>
    public void End(int offset, int count, ReadOnlySpan<byte> wire) => wire.CopyTo(_all.Slice(offset, count));
}
