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

    private static PoolGrainState RandomStep(PoolGrainState state, Random random, ref int next)
    {
        PoolSlot slot = state.Slots.Count > 0 ? state.Slots[random.Next(state.Slots.Count)] : new PoolSlot(new DeviceId("n0", "cuda:0"), "", false, null, false);
        switch (random.Next(8))
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
        Assert.Empty(state.Queue.Select(request => request.Attempt).Intersect(state.Gangs.Select(gang => gang.Request.Attempt)));
    }

    private static PoolGrainState Free(PoolGrainState state, PoolSlot slot) => PoolLedger.Freed(state, slot.Id, slot.Holder!.Value);

    private static NodeDevice[] Devices(int count) => Enumerable.Range(0, count).Select(index => new NodeDevice($"cuda:{index}", "GPU", 1)).ToArray();

    private static AttemptId Attempt(int trial) => new(new TrialId(new SweepId("s-1"), trial), 1);

    private static GangRequest Gang(int trial, int min, int? max = null) => new(Attempt(trial), min, max ?? min, trial % 3);
}
