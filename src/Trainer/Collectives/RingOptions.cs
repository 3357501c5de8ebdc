using System.Numerics;

namespace Granary.Trainer.Collectives;

/// <summary>Sizes and deadlines of a ring. All ranks of an attempt use the same sizes.</summary>
internal sealed record RingOptions
{
    /// <summary>Largest chunk that a peer may send, in bytes: above 1 MiB, messages leave the array pool.</summary>
    public const int MaxChunkBytes = 1 << 20;

    /// <summary>
    /// Bytes of a full chunk on the wire, 8 to 1 MiB, a multiple of 4. Larger ones save switches between threads; smaller ones keep the
    /// chunks under way, <see cref="Slots"/> a lane, in the processor's cache.
    /// </summary>
    public int ChunkBytes { get; init; } = 128 << 10;

    /// <summary>Chunks of one segment that are under way together, 1 to 256.</summary>
    public int Window { get; init; } = 4;

    /// <summary>
    /// Chunks that a lane takes before its sender waits: more than twice <see cref="Window"/>, which is what a rank sends before it has
    /// received any; so never all lanes are full, and the ranks cannot all wait for room.
    /// </summary>
    public int Slots => (int)BitOperations.RoundUpToPowerOf2((uint)(2 * Window) + 1);

    /// <summary>Tensors of at most this many bytes are exchanged whole, in log2(ranks) steps.</summary>
    public int SmallBytes { get; init; } = 16 << 10;

    /// <summary>How numbers travel.</summary>
    public WireType Wire { get; init; }

    /// <summary>Where ranks of one host look for memory that both reach; null: every lane is a gRPC stream.</summary>
    public string? SharedMemoryFolder { get; init; } = SharedMemoryRegion.DefaultFolder;

    /// <summary>
    /// Streams of a gRPC lane of the ring, each over a connection of its own, 1 or more: where one cannot fill the link. The short cuts of
    /// small tensors have one.
    /// </summary>
    public int Streams { get; init; } = 1;

    /// <summary>Mutual TLS on the streams; null: none, the attempt's secret alone keeps strangers out.</summary>
    public RingIdentity? Identity { get; init; }

    /// <summary>How long the ranks try to connect to each other.</summary>
    public TimeSpan ConnectDeadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The same for a ring that forms again: everybody listens by then, so who cannot be reached is lost, and its place is to be given away.
    /// </summary>
    public TimeSpan ReconnectDeadline { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long one attempt to connect waits for the other side's hello.</summary>
    public TimeSpan HandshakeDeadline { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A rank that was not heard of for this long is frozen or unreachable, 1 s or more; it is heard of ten times as often.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// How often a quiet connection is probed, and how long the answer may take: finds a sender whose host vanished.
    /// </summary>
    public TimeSpan Probe => Silence / 2 > TimeSpan.FromSeconds(1) ? Silence / 2 : TimeSpan.FromSeconds(1);
}
