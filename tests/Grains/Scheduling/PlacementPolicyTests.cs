using Granary.Grains.Scheduling;
using Granary.Pools;

namespace Granary.Grains.Tests.Scheduling;

public sealed class PlacementPolicyTests
{
    [Fact]
    public void Place_Priorities_GreatestFirstThenArrival() =>
        Assert.Equal(["2: a/cuda:0", "1: a/cuda:1"], Place(["a/cuda:0", "a/cuda:1"], 2, Gang(1, 1), Gang(2, 1, priority: 5), Gang(3, 1)));

    [Fact]
    public void Place_GangDoesNotFitYet_HoldsBackTheSmallOnesBehindIt() =>
        Assert.Empty(Place(["a/cuda:0"], present: 2, Gang(1, 2), Gang(2, 1), Gang(3, 1, priority: -1)));

    [Fact]
    public void Place_GangLargerThanThePool_HoldsBackNobody() =>
        Assert.Equal(["2: a/cuda:0"], Place(["a/cuda:0"], present: 1, Gang(1, 2), Gang(2, 1)));

    [Fact]
    public void Place_SeveralNodesFit_TakesTheFullest() =>
        Assert.Equal(["1: b/cuda:0 b/cuda:1"], Place(["a/cuda:0", "a/cuda:1", "a/cuda:2", "b/cuda:0", "b/cuda:1", "c/cuda:0"], 6, Gang(1, 2)));

    [Fact]
    public void Place_NoNodeFits_SpansAsFewAsPossible() =>
        Assert.Equal(["1: b/cuda:0 b/cuda:1 a/cuda:0"], Place(["a/cuda:0", "b/cuda:0", "b/cuda:1", "c/cuda:0"], 4, Gang(1, 3)));

    [Fact]
    public void Place_Range_TakesAsManyAsAreFree() =>
        Assert.Equal(["1: a/cuda:0 a/cuda:1 a/cuda:2"], Place(["a/cuda:0", "a/cuda:1", "a/cuda:2"], 5, Gang(1, 2, max: 4)));

    [Fact]
    public void Place_TenDevices_RanksFollowTheDevicesNumbers() =>
        Assert.Equal(["1: a/cuda:2 a/cuda:10"], Place(["a/cuda:10", "a/cuda:2"], 2, Gang(1, 2)));

    [Theory]
    [InlineData("b/cuda:1", "a/cuda:0 b/cuda:2 b/cuda:1", "b/cuda:0 c/cuda:0")]
    [InlineData("a/cuda:2", "a/cuda:10 a/cuda:2 d/cuda:0", "b/cuda:0 c/cuda:0")]
    [InlineData(null, "", "b/cuda:0")]
    public void Replace_OneRank_GoesWhereMostOfTheOthersAre(string? device, string free, string others) =>
        Assert.Equal(device, PlacementPolicy.Replace(Parse(free), Parse(others))?.ToString());

    private static DeviceId[] Parse(string devices) =>
        devices.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(DeviceId.Parse).ToArray();

    private static string[] Place(string[] free, int present, params GangRequest[] queue) =>
        PlacementPolicy.Place(free.Select(DeviceId.Parse).ToArray(), present, queue)
            .Select(placement => $"{placement.Attempt.Trial.Number}: {string.Join(' ', placement.Devices)}")
            .ToArray();

    private static GangRequest Gang(int trial, int min, int? max = null, int priority = 0) =>
        new(new AttemptId(new TrialId(new SweepId("s-1"), trial), 1), min, max ?? min, priority);
}
