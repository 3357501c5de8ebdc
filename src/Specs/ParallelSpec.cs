namespace Granary.Specs;

/// <summary>How the ranks of a run train together. A run of one rank is not touched by it.</summary>
public sealed record ParallelSpec
{
    /// <summary>How gradients travel between ranks: <c>fp32</c>, <c>bf16</c> or <c>fp16</c>.</summary>
    public string Wire { get; init; } = "fp32";

    /// <summary>
    /// Streams, each over a connection of its own, in which gradients travel to another host, 1 to 16: more where one does not fill the link.
    /// </summary>
    public int Streams { get; init; } = 1;

    /// <summary>Size of the buckets in which gradients are summed, in MiB, above 0, at most 1,024; a larger stage is not divided.</summary>
    public double BucketMb { get; init; } = 25;

    /// <summary>Size of the first bucket, which leaves while most of backward is still to come, in MiB, above 0, at most 1,024.</summary>
    public double FirstBucketMb { get; init; } = 1;

    /// <summary>Batch normalisations take their statistics over the batch of all ranks, instead of each rank's own part.</summary>
    public bool SyncBatchNorm { get; init; }

    /// <summary>
    /// <c>none</c>, or <c>linear</c>: the learning rate is that of one rank's part of the batch, and multiplied by the ranks
    /// (Goyal et al., arXiv:1706.02677).
    /// </summary>
    public string ScaleLr { get; init; } = "none";

    /// <summary>Steps between two comparisons of the ranks' parameters, 0 to 1,000,000; 0: never.</summary>
    public int ChecksumEvery { get; init; }

    /// <summary>Gradients go from GPU to GPU over NCCL where every rank has its library and a GPU of its own, and travel as fp32.</summary>
    public bool Nccl { get; init; } = true;

    /// <summary>Seconds without a sign of life after which a rank counts as frozen or unreachable, 1 to 600.</summary>
    public double Silence { get; init; } = 4;

    /// <summary>
    /// Seconds that the ranks wait for a new process in the place of a lost one and then go on in the middle of the epoch, 0 to 3,600; 0: a
    /// lost rank ends all.
    /// </summary>
    public double Reform { get; init; } = 60;
}
