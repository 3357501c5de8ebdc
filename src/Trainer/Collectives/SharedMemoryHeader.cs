namespace Granary.Trainer.Collectives;

/// <summary>What stands before a chunk in shared memory. Its writer may be hostile: copy it before looking at it.</summary>
internal struct SharedMemoryHeader
{
    /// <summary>Where the chunk belongs.</summary>
    public ChunkPosition Position;

    /// <summary>Bytes of the chunk.</summary>
    public int Bytes;
}
