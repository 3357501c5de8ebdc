using Granary.Trainer.Collectives;
using Granary.Trainer.Learning;
using Granary.Trainer.Models;
using Granary.Trainer.Parallel;
using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Parallel;

public sealed class GradientSumsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Dispose_WhileBucketsAreUnderWay_EndsThemOnAllRanksFirst()
    {
        using var ring = new MemoryRing(2, new RingOptions());

        var grads = await TrainingThread.RunAsync("rank 0", () => FailBetweenOpenAndComplete(ring.Ranks[0])).WaitAsync(Patience);

        Assert.All(grads, Assert.Null);
        var failure = await Assert.ThrowsAsync<CollectiveException>(
            () => ring.Ranks[1].BarrierAsync(Patience, CancellationToken.None)).WaitAsync(Patience);
        Assert.Contains("Rank 0 gave up: its step ended before its gradients were complete", failure.Message, StringComparison.Ordinal);
        Assert.Contains("step 7", failure.Message, StringComparison.Ordinal);
    }

    private static Tensor?[] FailBetweenOpenAndComplete(ICollective rank)
    {
        using var network = ModelFactory.Create("lenet-relu", new ModelShape(1, 10, 28));
        // A bucket for each stage: they leave during backward, and rank 1 never answers.
        var sums = new GradientSums(rank, BucketPlan.Of(network, bytes: 1, firstBytes: 1), TimeProvider.System);
        using var scope = NewDisposeScope();
        rank.Activity = "step 7";
        sums.Begin(Timeout.InfiniteTimeSpan, CancellationToken.None);
        var loss = network.call(ones(1, 1, 28, 28)).sum();
        sums.Open();
        loss.backward();
        sums.Dispose();
        return [.. network.parameters().Select(parameter => parameter.grad)];
    }
}
