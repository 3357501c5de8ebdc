using Granary.Grains.Pools;
using Granary.Pools;

namespace Granary.Grains.Tests.Pools;

public sealed class PoolLedgerTests
{
    // What the pool's grain does, in random order: no device is ever meant for two ranks, and in the end nothing is left over.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Steps_RandomOrder_NoDeviceTwiceAndNoneLost(int seed)
    {
        var random = new Random(seed);
        var state = new PoolGrainState();
        for (int node = 0; node < 3; node++)
            state = PoolLedger.AddNode(state, $"n{node}", Devices(2));

        int next = 0;
        for (int step = 0; step < 2_000; step++)
        {
            state = RandomStep(state, random, ref next);
            Check(state);
        }

        foreach (PoolGang gang in state.Gangs)
            state = PoolLedger.Release(state, gang.Request.Attempt);
        foreach (GangRequest waiting in state.Queue)
            state = PoolLedger.Release(state, waiting.Attempt);
        while (state.Slots.Any(slot => slot.Releasing))
            state = Free(state, state.Slots.First(slot => slot.Releasing));
        while (state.Gangs.Count > 0)
        {
            state = PoolLedger.Release(state, state.Gangs[0].Request.Attempt);
            while (state.Slots.Any(slot => slot.Releasing))
                state = Free(state, state.Slots.First(slot => slot.Releasing));
        }

        Assert.All(state.Slots, slot => Assert.Null(slot.Holder));
    }

    [Fact]
    public void Release_LeaseNotYetGivenBack_DeviceIsNotPlacedAgain()
    {
        PoolGrainState state = PoolLedger.AddNode(new PoolGrainState(), "n", Devices(1));
        state = PoolLedger.Request(state, Gang(1, 1));
        state = PoolLedger.Request(state, Gang(2, 1));
        state = PoolLedger.Release(state, Attempt(1));
        Assert.Empty(state.Gangs);

        state = Free(state, state.Slots[0]);

        Assert.Equal(Attempt(2), Assert.Single(state.Gangs).Request.Attempt);
    }

    [Fact]
    public void Refused_LeaseOfAStranger_GangWaitsAgainAtTheHead()
    {
        PoolGrainState state = PoolLedger.AddNode(new PoolGrainState(), "n", Devices(1));
        state = PoolLedger.Request(state, Gang(1, 1));
        state = PoolLedger.Request(state, Gang(4, 1));
        var stranger = new RankId(Attempt(9), 0);

        state = PoolLedger.Refused(state, state.Gangs[0], state.Slots[0].Id, stranger);

        Assert.Equal([Attempt(1), Attempt(4)], state.Queue.Select(request => request.Attempt));
        PoolSlot slot = Assert.Single(PoolLedger.Strangers(state));
        state = Free(PoolLedger.Expel(state, slot), PoolLedger.Expel(state, slot).Slots[0]);
        Assert.Equal(Attempt(1), Assert.Single(state.Gangs).Request.Attempt);
    }

    [Fact]
    public void RemoveNode_HeldDevice_StaysInTheBooksUntilGivenBack()
    {
        PoolGrainState state = PoolLedger.AddNode(new PoolGrainState(), "n", Devices(2));
        state = PoolLedger.Request(state, Gang(1, 1));
        state = PoolLedger.RemoveNode(state, "n");
        Assert.False(Assert.Single(state.Slots).Present);

        state = PoolLedger.ReleaseRank(state, new RankId(Attempt(1), 0));
        state = Free(state, state.Slots[0]);

        Assert.Empty(state.Slots);
    }

    // Three trials have all devices; those that wait were there first, one of them with a greater priority.
    [Fact]
    public void Replace_NoDeviceIsFree_GoesBeforeWhoeverWaits()
    {
        PoolGrainState state = PoolLedger.AddNode(PoolLedger.AddNode(new PoolGrainState(), "a", Devices(2)), "b", Devices(2));
        state = PoolLedger.Request(PoolLedger.Request(PoolLedger.Request(state, Gang(3, 2)), Gang(6, 1)), Gang(9, 1));
        state = PoolLedger.Request(PoolLedger.Request(state, Gang(12, 1)), Gang(5, 1));
        var lost = new RankId(Attempt(3), 1);
        RankId next = lost with { Start = 1 };

        state = PoolLedger.ReleaseRank(state, lost);
        state = PoolLedger.Replace(PoolLedger.Replace(state, next), next);
        Assert.Null(Assert.Single(state.Replacements).Device);
        state = PoolLedger.RemoveNode(state, "a");
        state = Free(state, state.Slots.Single(slot => slot.Holder == lost));
        Assert.Null(Assert.Single(state.Replacements).Device);
        PoolSlot done = state.Slots.Single(slot => slot.Holder?.Attempt == Attempt(9));
        state = Free(PoolLedger.ReleaseRank(state, done.Holder!.Value), done);

        Assert.Equal(done.Id, Assert.Single(state.Replacements).Device);
        Assert.Equal(next, state.Slots.Single(slot => slot.Id == done.Id).Holder);
        Assert.Equal(2, state.Queue.Count);
        state = PoolLedger.Served(PoolLedger.Leased(state, next), next);
        Assert.Empty(state.Replacements);
        Assert.Same(state, PoolLedger.Replace(state, next));
    }

    [Fact]
    public void Replace_DeviceOfAStranger_AnotherIsLookedFor()
    {
        PoolGrainState state = PoolLedger.AddNode(new PoolGrainState(), "n", Devices(4));
        state = PoolLedger.Request(state, Gang(1, 2));
        RankId next = new(Attempt(1), 1, 1);
        state = PoolLedger.Replace(PoolLedger.ReleaseRank(state, next with { Start = 0 }), next);
        DeviceId first = Assert.Single(state.Replacements).Device!.Value;

        state = PoolLedger.Refused(state, next, new RankId(Attempt(9), 0));

        DeviceId second = Assert.Single(state.Replacements).Device!.Value;
        Assert.NotEqual(first, second);
        Assert.Equal(first, Assert.Single(PoolLedger.Strangers(state)).Id);
    }

    [Fact]
    public void Replace_GangThatIsGone_GetsNothing()
    {
        PoolGrainState state = PoolLedger.Request(PoolLedger.AddNode(new PoolGrainState(), "n", Devices(3)), Gang(1, 2));
        state = PoolLedger.Release(state, Attempt(1));

        Assert.Same(state, PoolLedger.Replace(state, new RankId(Attempt(1), 1, 1)));
    }

    private static PoolGrainState RandomStep(PoolGrainState state, Random random, ref int next)
    {
        PoolSlot slot = state.Slots.Count > 0 ? state.Slots[random.Next(state.Slots.Count)] : new PoolSlot(new DeviceId("n0", "cuda:0"), "", false, null, false);
        switch (random.Next(11))
        {
            case 0 or 1 or 2:
                int min = 1 + random.Next(3);
                return PoolLedger.Request(state, Gang(++next, min, min + random.Next(2)));
            case 3 when next > 0:
                return PoolLedger.Release(state, Attempt(1 + random.Next(next)));
            case 4 when slot.Holder is RankId holder:
                return PoolLedger.ReleaseRank(state, holder);
            case 5:
                return PoolLedger.RemoveNode(state, $"n{random.Next(3)}");
            case 6:
                return PoolLedger.AddNode(state, $"n{random.Next(3)}", Devices(2));
            case 7 when slot.Holder is RankId lost:
                return PoolLedger.Replace(PoolLedger.ReleaseRank(state, lost), lost with { Start = lost.Start + 1 });
            case 8 when state.Replacements.FirstOrDefault(one => one.Device is not null) is PoolReplacement placed:
                return PoolLedger.Served(PoolLedger.Leased(state, placed.Rank), placed.Rank);
            default:
                return slot.Releasing ? Free(state, slot) : state;
        }
    }

    private static void Check(PoolGrainState state)
    {
        Assert.Equal(state.Slots.Count, state.Slots.Select(slot => slot.Id).Distinct().Count());
        RankId[] holders = state.Slots.Where(slot => slot.Holder is not null).Select(slot => slot.Holder!.Value).ToArray();
        Assert.Equal(holders.Length, holders.Distinct().Count());
        Assert.All(state.Gangs, gang => Assert.Contains(state.Slots, slot => slot.Holder?.Attempt == gang.Request.Attempt && !slot.Releasing));
        Assert.Empty(PoolLedger.Strangers(state));
        Assert.All(state.Replacements, one => Assert.Contains(state.Gangs, gang => gang.Request.Attempt == one.Rank.Attempt));
        Assert.All(
            state.Replacements.Where(one => one.Device is not null),
            one => Assert.Contains(state.Slots, slot => slot.Id == one.Device && slot.Holder == one.Rank));
        Assert.DoesNotContain(state.Slots, slot => slot.IsFree && state.Replacements.Any(one => one.Device is null));
        Assert.Empty(state.Queue.Select(request => request.Attempt).Intersect(state.Gangs.Select(gang => gang.Request.Attempt)));
    }

    private static PoolGrainState Free(PoolGrainState state, PoolSlot slot) => PoolLedger.Freed(state, slot.Id, slot.Holder!.Value);

    private static NodeDevice[] Devices(int count) => Enumerable.Range(0, count).Select(index => new NodeDevice($"cuda:{index}", "GPU", 1)).ToArray();

    private static AttemptId Attempt(int trial) => new(new TrialId(new SweepId("s-1"), trial), 1);

    private static GangRequest Gang(int trial, int min, int? max = null) => new(Attempt(trial), min, max ?? min, trial % 3);
}
