using Granary.Trainer.Models;
using static TorchSharp.torch;

namespace Granary.Trainer.Parallel;

/// <summary>
/// Which parameters are averaged together: whole stages, from the last backwards, since their gradients are ready first. The first bucket is
/// small, so that the exchange begins early; PyTorch's DDP has the same sizes (Li et al., VLDB 2020).
/// </summary>
/// <param name="Parameters">In the order of the network.</param>
/// <param name="First">The first of its stages in the forward pass; once backward is through it, the bucket is complete.</param>
internal sealed record BucketPlan(IReadOnlyList<Tensor> Parameters, Stage? First)
{
    /// <summary>Bytes of a full bucket.</summary>
    public const long Bytes = 25 << 20;

    /// <summary>Bytes of the first one.</summary>
    public const long FirstBytes = 1 << 20;

    /// <summary>Plans the buckets of a network, in the order in which backward completes them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="bytes">Bytes of a full bucket; a stage that is larger is not divided.</param>
    /// <param name="firstBytes">Bytes of the first one.</param>
    public static IReadOnlyList<BucketPlan> Of(Network network, long bytes = Bytes, long firstBytes = FirstBytes)
    {
        List<BucketPlan> plans = [];
        List<Tensor> open = [];
        foreach (var stage in network.Stages.Reverse())
        {
            Tensor[] trained = [.. stage.Module.parameters().Where(parameter => parameter.requires_grad)];
            if (trained.Length == 0) continue;
            open.InsertRange(0, trained);
            if (open.Sum(parameter => parameter.NumberOfElements * sizeof(float)) < (plans.Count == 0 ? firstBytes : bytes)) continue;
            plans.Add(new BucketPlan([.. open], stage));
            open.Clear();
        }

        // Whatever is left is complete when backward is.
        if (open.Count > 0) plans.Add(new BucketPlan([.. open], First: null));
        return plans;
    }
}
