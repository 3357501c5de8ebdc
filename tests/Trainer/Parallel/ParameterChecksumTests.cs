using Granary.Specs;
using Granary.Trainer.Collectives;
using Granary.Trainer.Learning;
using Granary.Trainer.Parallel;
using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Parallel;

public sealed class ParameterChecksumTests
{
    [Theory]
    [InlineData(3, "rank 1 has drifted from the others")]
    [InlineData(2, "ranks 0, 1 do not agree")]
    public async Task Fit_OneRanksWeightChanges_EndsAllRanksWithItsNameAndTheParameters(int ranks, string who)
    {
        var group = Group(ranks) with { Callbacks = rank => rank == 1 ? [new Corruption(step: 5)] : [] };

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => group.TrainAsync(ranks));

        // The first rank that sees it ends the ring, and one that is still in the exchange hears of it with the ring's end, in the same words.
        Assert.True(failure is DriftException or CollectiveException, failure.ToString());

        // Compared every second step: step 6 is the first after the change. The optimizer has moved only what had changed.
        string expected = $"After step 6 {who}: conv2.weight is the first parameter whose bits differ.";
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fit_NothingChanges_GoesOn() => Assert.Equal(3, (await Group(3).TrainAsync(3)).Length);

    private static RankGroup Group(int ranks) => new()
    {
        Model = "lenet-relu",
        Size = 28,
        Batch = 4 * ranks,
        Examples = 37,
        Steps = 12,
        // So small that the wrong weight's gradients reach no other parameter's bits.
        Train = new TrainSpec { LearningRate = 1e-30 },
        Parallel = new ParallelSpec { ChecksumEvery = 2 },
    };

    private sealed class Corruption(int step) : Callback
    {
        public override int Order => 75;

        public override void AfterStep(Learner learner)
        {
            if (learner.Position.Step != step) return;
            using var untracked = no_grad();
            learner.Model.named_parameters().Single(named => named.name == "conv2.weight").parameter.view(-1)[17].add_(1e-6f);
        }
    }
}
