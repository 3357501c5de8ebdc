namespace Granary.Trainer.Collectives;

/// <summary>What becomes of a chunk at one rank of the ring.</summary>
internal interface IRingHop
{
    /// <summary>Elements on the wire take so many bytes.</summary>
    int ElementBytes { get; }

    /// <summary>A chunk begins its way here.</summary>
    /// <param name="offset">Its first element.</param>
    /// <param name="count">Its elements.</param>
    /// <param name="next">For the next rank.</param>
    void Begin(int offset, int count, Span<byte> next);

    /// <summary>A chunk comes through.</summary>
    /// <param name="step">The ring's step at which it arrived, from 0.</param>
    /// <param name="offset">Its first element.</param>
    /// <param name="count">Its elements.</param>
    /// <param name="wire">What arrived.</param>
    /// <param name="next">For the next rank.</param>
    void Pass(int step, int offset, int count, ReadOnlySpan<byte> wire, Span<byte> next);

    /// <summary>A chunk ends its way here.</summary>
    /// <param name="offset">Its first element.</param>
    /// <param name="count">Its elements.</param>
    /// <param name="wire">What arrived.</param>
    void End(int offset, int count, ReadOnlySpan<byte> wire);
}
