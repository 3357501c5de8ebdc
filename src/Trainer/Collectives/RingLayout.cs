namespace Granary.Trainer.Collectives;

/// <summary>
/// How a tensor is cut for the ring: one segment per rank, each segment in chunks. The last segments may be short or empty.
/// </summary>
internal readonly struct RingLayout
{
    private readonly int _length;
    private readonly int _segment;
    private readonly int _chunk;

    /// <summary>Cuts a tensor.</summary>
    /// <param name="length">Its elements.</param>
    /// <param name="worldSize">Ranks.</param>
    /// <param name="chunk">Elements of a full chunk.</param>
    public RingLayout(int length, int worldSize, int chunk)
    {
        _length = length;
        _segment = (int)(((long)length + worldSize - 1) / worldSize);
        _chunk = chunk;
        ChunksPerSegment = (int)(((long)_segment + chunk - 1) / chunk);
    }

    /// <summary>Chunks of a full segment: every segment counts as many, so that all ranks walk the same schedule.</summary>
    public int ChunksPerSegment { get; }

    /// <summary>The elements of one chunk; empty beyond the tensor's end.</summary>
    /// <param name="segment">From 0.</param>
    /// <param name="chunk">Within the segment, from 0.</param>
    public (int Offset, int Count) Chunk(int segment, int chunk)
    {
        var start = Math.Min((long)segment * _segment + (long)chunk * _chunk, _length);
        var end = Math.Min(Math.Min((long)(segment + 1) * _segment, start + _chunk), _length);
        return ((int)start, (int)Math.Max(0, end - start));
    }
}
