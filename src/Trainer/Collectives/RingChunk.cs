namespace Granary.Trainer.Collectives;

/// <summary>A piece of a tensor on its way to the next rank.</summary>
/// <param name="Position">Where it belongs.</param>
/// <param name="Data">Raw little-endian elements; empty only where the sender left after its last chunk.</param>
internal readonly record struct RingChunk(ChunkPosition Position, ReadOnlyMemory<byte> Data)
{
    /// <summary>Stands behind a sender's last chunk.</summary>
    public static RingChunk End => default;

    /// <summary>Whether nothing follows.</summary>
    public bool IsEnd => Data.IsEmpty;
}
