using Granary.Trainer.Parallel;

namespace Granary.Trainer.Tests.Parallel;

public sealed class RankTimesTests
{
    // Load, forward, backward, and how long the sums took from then on: for rank 1, which came last, 2; so 0 and 2 waited 2 and 1.
    private static readonly float[] Step = [1, 2, 3, 4, 1, 2, 5, 2, 1, 2, 4, 3];

    [Fact]
    public void Add_StepOfThreeRanks_DividesTheSumsIntoWorkAndWaiting()
    {
        var times = new RankTimes(3);

        times.Add(Step);

        Assert.Equal([new RankTime(1, 2, 3, 2, 2), new RankTime(1, 2, 5, 2, 0), new RankTime(1, 2, 4, 2, 1)], times.Last);
    }

    [Fact]
    public void Slowest_OfTwoSteps_IsWhoeverWasWaitedForLonger()
    {
        var times = new RankTimes(3);
        times.Add(Step);
        // Here rank 0 comes last, and each of the others waits half a second.
        times.Add([1, 2, 6, 1, 1, 2, 5.5f, 1.5f, 1, 2, 5.5f, 1.5f]);

        // 3 seconds of the 40 that ranks 0 and 2 have had.
        Assert.Equal(new Straggler(1, 3.0 / 40), times.Slowest);
        Assert.Equal(2, times.Steps);
        Assert.Equal(new RankTime(1, 2, 4.5, 1.5, 1), times.Mean[0]);
    }

    [Fact]
    public void Slowest_NobodyWaits_IsNobody()
    {
        var times = new RankTimes(2);
        times.Add([1, 1, 1, 1, 1, 1, 1, 1]);

        Assert.Null(times.Slowest);
    }
}
