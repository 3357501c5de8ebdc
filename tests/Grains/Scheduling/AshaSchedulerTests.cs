using Granary.Grains.Scheduling;
using Granary.Specs;
using Granary.Trials;

namespace Granary.Grains.Tests.Scheduling;

public sealed class AshaSchedulerTests
{
    private static readonly AshaScheduler Asha = new(new AshaSpec(MaxEpochs: 9, Reduction: 3, MinEpochs: 1), maximize: true);

    // Worked by hand from the paper's rule: of n trials at a rung the best floor(n / 3) go on; with n < 3 there is no verdict yet.
    [Theory]
    [InlineData(new[] { 0.5 }, EpochAction.Continue)]
    [InlineData(new[] { 0.5, 0.6 }, EpochAction.Continue)]
    [InlineData(new[] { 0.5, 0.6, 0.4 }, EpochAction.Stop)]
    [InlineData(new[] { 0.5, 0.6, 0.4, 0.7 }, EpochAction.Continue)]
    [InlineData(new[] { 0.5, 0.6, 0.4, 0.7, 0.65 }, EpochAction.Stop)]
    [InlineData(new[] { 0.5, 0.6, 0.4, 0.7, 0.65, 0.69 }, EpochAction.Continue)]
    [InlineData(new[] { 0.5, 0.6, 0.4, 0.7, 0.65, 0.66 }, EpochAction.Continue)]
    [InlineData(new[] { 0.5, 0.6, 0.4, 0.7, 0.65, 0.64 }, EpochAction.Stop)]
    [InlineData(new[] { 0.5, 0.6, double.NaN }, EpochAction.Stop)]
    [InlineData(new[] { double.NaN, double.NaN, 0.1 }, EpochAction.Continue)]
    [InlineData(new[] { 0.5, 0.5, 0.5 }, EpochAction.Stop)]
    public void Judge_InOrderOfArrival_LastOneGetsItsVerdict(double[] values, EpochAction expected)
    {
        RungReport[] reports = values.Select((value, index) => new RungReport(index + 1, 1, value)).ToArray();

        Assert.Equal(expected, Asha.Judge(reports[^1], reports[..^1]).Action);
    }

    [Fact]
    public void Judge_Minimize_LowerIsBetter()
    {
        var asha = new AshaScheduler(new AshaSpec(9, 3, 1), maximize: false);
        RungReport[] earlier = [new(1, 1, 0.5), new(2, 1, 0.6)];

        Assert.Equal(EpochAction.Continue, asha.Judge(new RungReport(3, 1, 0.4), earlier).Action);
        Assert.Equal(EpochAction.Stop, asha.Judge(new RungReport(3, 1, 0.7), earlier).Action);
    }

    [Fact]
    public void IsRung_ReductionThree_PowersOfThreeBelowTheTop() =>
        Assert.Equal([1, 3], Enumerable.Range(1, 20).Where(Asha.IsRung));

    [Fact]
    public void Judge_AtMaxEpochs_Stops() => Assert.Equal(EpochAction.Stop, Asha.Judge(new RungReport(1, 9, 1), []).Action);

    [Fact]
    public void Judge_RunToEnd_GoesOn() => Assert.Equal(EpochAction.Continue, new RunToEnd().Judge(new RungReport(1, 1, double.NaN), []).Action);
}
