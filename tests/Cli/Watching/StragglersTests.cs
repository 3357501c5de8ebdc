using Granary.Cli.Watching;
using Granary.V1;

namespace Granary.Cli.Tests.Watching;

public sealed class StragglersTests
{
    [Fact]
    public void Lines_TrialsThatWaited_NamesTheThreeThatWaitedMost()
    {
        Trial[] trials =
        [
            Waited(1, rank: 0, share: 0.02),
            Waited(2, rank: 3, share: 0.25),
            Samples.Trial(3, TrialState.Succeeded),
            Waited(4, rank: 1, share: 0.001),
            Waited(5, rank: 1, share: 0.1),
            Waited(6, rank: 2, share: 0.05),
        ];

        Assert.Equal(
            [
                "trial 2: the other ranks waited for rank 3 during 25.0 % of their last epoch",
                "trial 5: the other ranks waited for rank 1 during 10.0 % of their last epoch",
                "trial 6: the other ranks waited for rank 2 during 5.0 % of their last epoch",
            ],
            Stragglers.Lines(trials));
    }

    private static Trial Waited(int number, int rank, double share)
    {
        Trial trial = Samples.Trial(number, TrialState.Succeeded);
        trial.Metrics["slowest-rank"] = rank;
        trial.Metrics["wait-share"] = share;
        return trial;
    }
}
