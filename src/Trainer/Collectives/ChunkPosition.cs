namespace Granary.Trainer.Collectives;

/// <summary>Where a chunk belongs in the sequence of all chunks that a neighbour sends.</summary>
/// <param name="Collective">The collective's number in this attempt, from 0.</param>
/// <param name="Step">Place in the ring's schedule, from 0.</param>
/// <param name="Offset">First element in the whole tensor.</param>
internal readonly record struct ChunkPosition(ulong Collective, uint Step, ulong Offset)
{
    /// <inheritdoc/>
    public override string ToString() => $"collective {Collective}, step {Step}, offset {Offset}";
}
