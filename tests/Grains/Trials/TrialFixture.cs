using Granary.Grains.Trials;
using Granary.Pools;
using Granary.Trials;

namespace Granary.Grains.Tests.Trials;

/// <summary>Drives a trial's machine and checks its invariants after every event.</summary>
internal sealed class TrialFixture
{
    public static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TrialId Id = new(new SweepId("s-1"), 7);

    public TrialFixture(int ranks = 1, int epochs = 3, int retries = 2, TimeSpan reform = default)
    {
        var devices = new DeviceDemand("default", ranks, ranks, 0);
        var plan = new TrialPlan("lenet-relu", epochs, retries, "valid-accuracy", Maximize: true, devices) { Reform = reform };
        TrialStep step = TrialMachine.Create(new TrialDefinition(Id, new Dictionary<string, string>(), "{}", At), plan, At);
        State = step.State;
        Effects = step.Effects;
    }

    public TrialMachineState State { get; private set; }

    public IReadOnlyList<TrialEffect> Effects { get; private set; }

    public TrialStep Apply(TrialEvent happened)
    {
        TrialMachineState before = State;
        TrialStep step = TrialMachine.Apply(State, happened);
        State = step.State;
        Effects = step.Effects;
        Check(before, step);
        return step;
    }

    public TrialStep Place(int? attempt = null) => Apply(new TrialEvent.Placed(At, PlacementOf(attempt ?? State.Requested), "secret"));

    public TrialStep Join(int rank = 0, int start = 0, int ring = 0)
    {
        RankId id = Rank(rank) with { Start = start };
        return Apply(new TrialEvent.Joined(At, new RankArrival(id, $"h:{rank}-{start}-{ring}", ring, ring > 0 ? "a wire was cut" : "")));
    }

    public TrialStep Report(int epoch, double value = 0.5, EpochAction verdict = EpochAction.Continue, int? attempt = null) =>
        Apply(new TrialEvent.EpochEnded(At, ReportOf(attempt ?? State.Attempt, epoch, value), new EpochDirective(verdict, verdict == EpochAction.Continue ? "" : "because")));

    public TrialStep Exit(int rank, int code, bool lost = false, int? attempt = null, int start = 0) =>
        Apply(new TrialEvent.RankExited(At, new RankExit(Rank(rank, attempt) with { Start = start }, code, code == 0 ? "" : "boom", lost)));

    public TrialStep Replace(int rank, int start, string device = "cuda:9") =>
        Apply(new TrialEvent.Replaced(At, Rank(rank) with { Start = start }, new DeviceId("n", device)));

    public TrialStep Expire() => Apply(new TrialEvent.RegroupExpired(At, State.Attempt, State.Ring));

    public void Run()
    {
        Place();
        Apply(new TrialEvent.Launched(At, State.Attempt));
        for (int rank = 0; rank < State.Plan.Devices.Min; rank++)
            Join(rank);
    }

    public RankId Rank(int rank, int? attempt = null) => new(new AttemptId(Id, attempt ?? State.Attempt), rank);

    public Placement PlacementOf(int attempt) => new(
        new AttemptId(Id, attempt), Enumerable.Range(0, State.Plan.Devices.Min).Select(rank => new DeviceId("n", $"cuda:{rank}")).ToArray());

    public EpochReport ReportOf(int attempt, int epoch, double value) => new(
        new AttemptId(Id, attempt),
        new EpochResult(epoch, epoch * 10, new Dictionary<string, double> { ["valid-accuracy"] = value }),
        CheckpointOf(epoch),
        epoch == State.Plan.Epochs);

    public static CheckpointRef CheckpointOf(int epoch) => new($"w{epoch}", $"m{epoch}", 1, epoch, epoch * 10);

    private static void Check(TrialMachineState before, TrialStep step)
    {
        TrialMachineState after = step.State;
        Assert.True(ReferenceEquals(before, after) || after.Version == before.Version + 1, "a change counts one version");
        Assert.True(step.Refusal is null || ReferenceEquals(before, after), "who is refused changes nothing");
        Assert.True(after.Attempt <= after.Requested, "an attempt was asked for");
        Assert.True(after.Attempt >= before.Attempt && after.Requested >= before.Requested, "numbers only grow");
        Assert.Equal(Enumerable.Range(1, after.History.Count), after.History.Select(record => record.Result.Epoch));
        Assert.True(after.Gang.Count == 0 || after.Gang.Any(rank => !rank.Exited), "a gang of which nobody is left is given up");
        Assert.True(after.State is not (TrialState.Placed or TrialState.Starting or TrialState.Running or TrialState.Checkpointing) || after.Gang.Count > 0, "these states hold devices");
        Assert.True(after.State is not (TrialState.Placed or TrialState.Starting or TrialState.Running) || after.Draining == DrainCause.None, "a live gang does not leave");
        Assert.True(after.Gang.Count == 0 || after.State is TrialState.Placed or TrialState.Starting or TrialState.Running || after.Draining != DrainCause.None, "any other gang leaves");
        Assert.True(after.Ring <= TrialMachine.RingLimit, "rings are bounded");
        Assert.True(after.Gang.All(rank => rank.Ring <= after.Ring), "nobody is ahead of the gang's ring");
        Assert.True(after.Gang.Count == 0 || !after.Gang[0].Exited || after.Draining != DrainCause.None, "without rank 0 nothing goes on");
        Assert.True(after.IsFinished == after.Finished.HasValue, "the end has a time");
        Assert.True(after.Journal.Count <= TrialMachine.JournalLimit);
        Assert.True(!step.Effects.Contains(TrialEffect.RequestGang(after.Requested)) || after.IsWaiting, "devices are asked for only when none are held");
        if (before.IsFinished)
        {
            Assert.Equal(before.State, after.State);
            Assert.Same(before.History, after.History);
            Assert.Equal((before.Best, before.Finished, before.Reason), (after.Best, after.Finished, after.Reason));
        }
    }
}
