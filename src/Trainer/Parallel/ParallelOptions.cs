using Granary.Specs;
using Granary.Trainer.Collectives;

namespace Granary.Trainer.Parallel;

/// <summary>What a run's file says of its ranks, as the ring and the buckets take it.</summary>
internal static class ParallelOptions
{
    /// <summary>The ring's options.</summary>
    /// <param name="spec">What the file says.</param>
    public static RingOptions Ring(this ParallelSpec spec) => new()
    {
        Wire = spec.Wire switch
        {
            "fp32" => WireType.Float32,
            "bf16" => WireType.BFloat16,
            "fp16" => WireType.Float16,
            _ => throw new ArgumentException($"parallel.wire is '{spec.Wire}'; expected fp32, bf16 or fp16.", nameof(spec)),
        },
        Streams = spec.Streams,
        Silence = TimeSpan.FromSeconds(spec.Silence),
    };

    /// <summary>Bytes of a full bucket.</summary>
    /// <param name="spec">What the file says.</param>
    public static long BucketBytes(this ParallelSpec spec) => (long)(spec.BucketMb * (1 << 20));

    /// <summary>Bytes of the first bucket.</summary>
    /// <param name="spec">What the file says.</param>
    public static long FirstBucketBytes(this ParallelSpec spec) => (long)(spec.FirstBucketMb * (1 << 20));
}
