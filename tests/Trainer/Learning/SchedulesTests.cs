using Granary.Trainer.Learning;

namespace Granary.Trainer.Tests.Learning;

public sealed class SchedulesTests
{
    // PyTorch 1.13: OneCycleLR(max_lr=0.4, total_steps=100, pct_start=0.25, div_factor=25, final_div_factor=4000).
    [Theory]
    [InlineData(0, 0.016000000000000014)]
    [InlineData(1, 0.017642586616228417)]
    [InlineData(12, 0.20800000000000002)]
    [InlineData(24, 0.4)]
    [InlineData(25, 0.3998245677741115)]
    [InlineData(62, 0.1958135579081684)]
    [InlineData(98, 0.00017943222588852106)]
    [InlineData(99, 4e-06)]
    public void OneCycle_HundredSteps_EqualsPyTorch(long step, double expected) =>
        Assert.Equal(expected, Schedules.OneCycle(step, 0.4, 100), 12);

    // The same with max_lr=1 and total_steps=10, whose turn lies between two steps.
    [Theory]
    [InlineData(1, 0.7599999999999999)]
    [InlineData(2, 0.9890739096288992)]
    [InlineData(5, 0.5522687089915104)]
    [InlineData(9, 1e-05)]
    public void OneCycle_TurnBetweenSteps_EqualsPyTorch(long step, double expected) =>
        Assert.Equal(expected, Schedules.OneCycle(step, 1.0, 10), 12);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    public void OneCycle_VeryShortRuns_StayWithinThePeak(long totalSteps)
    {
        for (long step = 0; step < totalSteps; step++)
            Assert.InRange(Schedules.OneCycle(step, 0.4, totalSteps), 4e-06 - 1e-18, 0.4);
    }

    [Fact]
    public void Create_Constant_StaysAtThePeak()
    {
        Func<long, double> schedule = Schedules.Create("constant", 0.15, 1_000);

        Assert.Equal([0.15, 0.15], [schedule(0), schedule(999)]);
    }

    [Fact]
    public void Create_UnknownName_ListsTheKnown()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Schedules.Create("wobbly", 0.1, 10));

        Assert.Contains("expected constant or one-cycle", error.Message, StringComparison.Ordinal);
    }
}
