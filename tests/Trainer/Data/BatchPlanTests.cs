using Granary.Trainer.Data;

namespace Granary.Trainer.Tests.Data;

public sealed class BatchPlanTests
{
    [Theory]
    [InlineData(103, 16, 1)]
    [InlineData(103, 16, 2)]
    [InlineData(103, 16, 3)]
    [InlineData(97, 32, 4)]
    [InlineData(5, 8, 8)]
    public void Slice_OverAllRanks_IsTheBatchOfOneRank(int examples, int batchSize, int ranks)
    {
        int[] order = Permutation.OfEpoch([.. Enumerable.Range(0, examples)], seed: 1, epoch: 0);
        var alone = new BatchPlan(order, batchSize, Rank: 0, WorldSize: 1);
        BatchPlan[] plans = [.. Enumerable.Range(0, ranks).Select(rank => new BatchPlan(order, batchSize, rank, ranks))];

        Assert.All(plans, plan => Assert.Equal(alone.Batches, plan.Batches));
        for (int batch = 0; batch < alone.Batches; batch++)
        {
            int[][] slices = [.. plans.Select(plan => plan.Slice(batch))];
            Assert.Equal(alone.Slice(batch), slices.SelectMany(slice => slice));
            Assert.Equal(alone.GlobalSize(batch), slices.Sum(slice => slice.Length));
            Assert.InRange(slices.Max(slice => slice.Length) - slices.Min(slice => slice.Length), 0, 1);
        }
    }

    [Fact]
    public void Slice_OfAllBatches_DropsNothing()
    {
        var plan = new BatchPlan([.. Enumerable.Range(0, 103)], BatchSize: 16, Rank: 0, WorldSize: 1);

        Assert.Equal(7, plan.Batches);
        Assert.Equal(7, plan.GlobalSize(6));
        Assert.Equal(Enumerable.Range(0, 103), Enumerable.Range(0, 7).SelectMany(plan.Slice));
    }
}
