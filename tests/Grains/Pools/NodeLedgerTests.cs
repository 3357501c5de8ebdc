using Granary.Grains.Pools;
using Granary.Pools;
using Granary.Trials;

namespace Granary.Grains.Tests.Pools;

public sealed class NodeLedgerTests
{
    private static readonly HashSet<RankId> None = [];
    private static readonly RankId First = new(new AttemptId(new TrialId(new SweepId("s-1"), 1), 1), 0);
    private static readonly RankId Second = new(new AttemptId(new TrialId(new SweepId("s-1"), 2), 1), 0);

    [Fact]
    public void Attach_NewSession_WorkersThatDoNotRunAreLostAtOnce()
    {
        NodeGrainState state = NodeLedger.Start(NodeLedger.Start(Attached(), Launch(First)), Launch(Second));

        state = NodeLedger.Attach(state, Hello("b", Second), None);

        Assert.True(Find(state, First).Exit!.NodeLost);
        Assert.Null(Find(state, Second).Exit);
        Assert.Empty(state.Zombies);
    }

    [Fact]
    public void Attach_CommandNeverSent_WorkerIsStillToBeStarted()
    {
        NodeGrainState state = NodeLedger.Start(Attached(), Launch(First));

        state = NodeLedger.Attach(state, Hello("a"), new HashSet<RankId> { First });

        Assert.Null(Find(state, First).Exit);
    }

    [Fact]
    public void Attach_WorkerThatWasGivenUp_IsAZombieUntilItsExit()
    {
        NodeGrainState state = NodeLedger.Start(Attached(), Launch(First));
        state = NodeLedger.Lose(state, "silent");
        state = NodeLedger.Attach(state, Hello("a", First), None);
        Assert.Equal([First], state.Zombies);

        state = NodeLedger.Exited(state, new RankExit(First, 137, "", NodeLost: false));

        Assert.Empty(state.Zombies);
        Assert.True(Find(state, First).Exit!.NodeLost, "the first verdict stands");
    }

    [Fact]
    public void Start_WorkerThatHasEnded_IsNotStartedAgain()
    {
        NodeGrainState state = NodeLedger.Start(Attached(), Launch(First));
        state = NodeLedger.Exited(state, new RankExit(First, 0, "", NodeLost: false));
        state = NodeLedger.Acknowledged(state, First);

        Assert.Same(state, NodeLedger.Start(state, Launch(First)));
    }

    [Fact]
    public void Start_NodeIsGone_WorkerIsLostAtOnce() =>
        Assert.True(Find(NodeLedger.Start(new NodeGrainState(), Launch(First)), First).Exit!.NodeLost);

    [Fact]
    public void Stop_CommandNeverSent_WorkerHasEndedWithoutHavingStarted()
    {
        NodeGrainState state = NodeLedger.Start(Attached(), Launch(First));

        state = NodeLedger.Stop(state, new RankStop(First, Checkpoint: true), new HashSet<RankId> { First });

        Assert.False(Find(state, First).Exit!.NodeLost);
    }

    [Fact]
    public void Stop_AfterAnUrgentStop_StaysUrgent()
    {
        NodeGrainState state = NodeLedger.Start(Attached(), Launch(First));
        state = NodeLedger.Stop(state, new RankStop(First, Checkpoint: false), None);

        Assert.Same(state, NodeLedger.Stop(state, new RankStop(First, Checkpoint: true), None));
    }

    [Fact]
    public void Watch_UnknownWorker_IsReportedAsLost() => Assert.True(Find(NodeLedger.Watch(Attached(), First), First).Exit!.NodeLost);

    private static NodeGrainState Attached() => NodeLedger.Attach(new NodeGrainState(), Hello("a"), None);

    private static NodeHello Hello(string session, params RankId[] running) => new("n", session, "default", [], running);

    private static NodeRank Find(NodeGrainState state, RankId id) => state.Ranks.Single(rank => rank.Id == id);

    private static RankLaunch Launch(RankId rank) => new()
    {
        Rank = rank,
        WorldSize = 1,
        Device = new DeviceId("n", "cpu:0"),
        Run = "{}",
        Secret = "s",
    };
}
