namespace Granary.Trainer.Collectives;

/// <summary>Sizes and deadlines of a ring. All ranks of an attempt use the same sizes.</summary>
internal sealed class RingOptions
{
    /// <summary>Largest chunk that a peer may send, in bytes: above 1 MiB, messages leave the array pool.</summary>
    public const int MaxChunkBytes = 1 << 20;

    /// <summary>Bytes of a full chunk, 4 to 1 MiB, a multiple of 4.</summary>
    public int ChunkBytes { get; init; } = 256 << 10;

    /// <summary>Chunks that a rank sends ahead of what it has received, 1 to 1,024.</summary>
    public int Window { get; init; } = 8;

    /// <summary>Tensors of at most this many bytes go round whole: half the hops of the chunked ring.</summary>
    public int SmallBytes { get; init; } = 16 << 10;

    /// <summary>How long the ranks try to connect to each other.</summary>
    public TimeSpan ConnectDeadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one attempt to connect waits for the other side's hello.</summary>
    public TimeSpan HandshakeDeadline { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often a quiet connection is probed, and how long the answer may take: finds a host that vanished.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(5);
}
