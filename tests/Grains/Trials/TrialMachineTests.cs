using Granary.Grains.Trials;
using Granary.Trials;

namespace Granary.Grains.Tests.Trials;

public sealed class TrialMachineTests
{
    [Fact]
    public void Decides_EveryStateAndEvent_True() => Assert.All(
        Enum.GetValues<TrialState>().SelectMany(state => Enum.GetValues<TrialEventKind>().Select(kind => (state, kind))),
        pair => Assert.True(TrialMachine.Decides(pair.state, pair.kind), $"{pair.state} x {pair.kind} is undecided"));

    [Fact]
    public void Apply_WholeLife_QueuedToSucceeded()
    {
        var trial = new TrialFixture(ranks: 2, epochs: 2);
        var states = new List<TrialState> { trial.State.State };
        Assert.Contains(TrialEffect.RequestGang(1), trial.Effects);

        trial.Place();
        states.Add(trial.State.State);
        Assert.Equal([TrialEffect.StartRank(1, 0), TrialEffect.StartRank(1, 1), TrialEffect.TellSweep], trial.Effects);
        trial.Apply(new TrialEvent.Launched(TrialFixture.At, 1));
        states.Add(trial.State.State);
        trial.Join(0);
        trial.Join(1);
        states.Add(trial.State.State);
        Assert.Equal(EpochAction.Continue, trial.Report(1, 0.5).Directive!.Action);
        trial.Report(2, 0.4);
        states.Add(trial.State.State);
        trial.Exit(0, 0);
        trial.Exit(1, 0);

        Assert.Equal([TrialState.Queued, TrialState.Placed, TrialState.Starting, TrialState.Running, TrialState.Succeeded], states);
        Assert.Equal((0.5, 1, "w1", "w2"), (trial.State.Best, trial.State.BestEpoch, trial.State.BestCheckpoint!.Weights, trial.State.LastCheckpoint!.Weights));
        Assert.Empty(trial.State.Gang);
    }

    [Fact]
    public void RankExited_OneRankFails_NextAttemptOnlyAfterTheOtherHasLeft()
    {
        var trial = new TrialFixture(ranks: 2);
        trial.Run();
        trial.Report(1);

        trial.Exit(1, 1);
        Assert.Equal(TrialState.Queued, trial.State.State);
        Assert.Equal([TrialEffect.ReleaseRank(1, 1), TrialEffect.StopRank(1, 0), TrialEffect.TellSweep], trial.Effects);
        trial.Exit(0, 143);

        Assert.Equal([TrialEffect.ReleaseRank(1, 0), TrialEffect.RequestGang(2), TrialEffect.TellSweep], trial.Effects);
        Assert.Equal((1, 1), (trial.State.Failures, trial.State.EpochsDone));
    }

    [Fact]
    public void RankExited_MoreFailuresThanRetries_Fails()
    {
        var trial = new TrialFixture(retries: 1);
        trial.Run();
        trial.Exit(0, 1);
        Assert.Equal(TrialState.Queued, trial.State.State);
        trial.Run();
        trial.Exit(0, 1);

        Assert.Equal(TrialState.Failed, trial.State.State);
        Assert.Contains("boom", trial.State.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void RankExited_NodeLost_IsNoFailureButBounded()
    {
        var trial = new TrialFixture(retries: 0);
        for (int attempt = 1; attempt < TrialMachine.AttemptLimit; attempt++)
        {
            trial.Run();
            trial.Exit(0, -1, lost: true);
            Assert.Equal(TrialState.Queued, trial.State.State);
        }

        trial.Run();
        trial.Exit(0, -1, lost: true);

        Assert.Equal((TrialState.Failed, 0), (trial.State.State, trial.State.Failures));
    }

    [Fact]
    public void RankExited_PeerOfALostRankFailsFirst_CountsAsLoss()
    {
        var trial = new TrialFixture(ranks: 2, retries: 0);
        trial.Run();
        trial.Exit(0, 1);
        trial.Exit(1, -1, lost: true);

        Assert.Equal((TrialState.Queued, 0, 1), (trial.State.State, trial.State.Failures, trial.State.Losses));
    }

    [Fact]
    public void EpochEnded_Repeated_SameAnswerAndNothingReplaced()
    {
        var trial = new TrialFixture();
        trial.Run();
        trial.Report(1, 0.5);
        trial.Exit(0, -1, lost: true);
        trial.Run();

        TrialStep repeated = trial.Report(1, 0.9);

        Assert.Equal(EpochAction.Continue, repeated.Directive!.Action);
        Assert.Equal((0.5, 1), (trial.State.Best, trial.State.EpochsDone));
        trial.Report(2, 0.6);
        Assert.Equal(2, trial.State.EpochsDone);
    }

    [Fact]
    public void EpochEnded_Gap_ThrowsWithIdEventAndHistory()
    {
        var trial = new TrialFixture();
        trial.Run();

        InvalidTransitionException error = Assert.Throws<InvalidTransitionException>(() => trial.Report(3));

        Assert.Contains("s-1/0007", error.Message, StringComparison.Ordinal);
        Assert.Contains("EpochEnded", error.Message, StringComparison.Ordinal);
        Assert.Contains("Queued -> Placed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StaleAttempt_EveryMessage_IsRefused()
    {
        var trial = new TrialFixture();
        trial.Run();
        trial.Exit(0, 1);
        Assert.NotNull(trial.Report(1, attempt: 1).Refusal);
        trial.Run();

        Assert.NotNull(trial.Report(1, attempt: 1).Refusal);
        Assert.NotNull(trial.Apply(new TrialEvent.Joined(TrialFixture.At, new RankArrival(trial.Rank(0, 1), "h:9"))).Refusal);
        Assert.NotNull(trial.Apply(new TrialEvent.CheckpointStored(TrialFixture.At, 1, TrialFixture.CheckpointOf(1))).Refusal);
        trial.Exit(0, 1, attempt: 1);
        Assert.Equal((TrialState.Running, 2, 0), (trial.State.State, trial.State.Attempt, trial.State.EpochsDone));
    }

    [Fact]
    public void PauseAsked_Running_CheckpointsThenPausesAndResumesAsANewAttempt()
    {
        var trial = new TrialFixture();
        trial.Run();
        trial.Report(1);
        trial.Apply(new TrialEvent.PauseAsked(TrialFixture.At));
        Assert.Equal(TrialState.Checkpointing, trial.State.State);
        Assert.Contains(TrialEffect.CheckpointRank(1, 0), trial.Effects);
        trial.Apply(new TrialEvent.CheckpointStored(TrialFixture.At, 1, new CheckpointRef("w1b", "m1b", 1, 1, 15)));
        trial.Exit(0, 75);
        Assert.Equal(TrialState.Paused, trial.State.State);

        trial.Apply(new TrialEvent.ResumeAsked(TrialFixture.At));
        Assert.Contains(TrialEffect.RequestGang(2), trial.Effects);
        trial.Run();
        trial.Report(2);

        Assert.Equal((TrialState.Running, 2, 0), (trial.State.State, trial.State.EpochsDone, trial.State.Failures));
    }

    [Fact]
    public void PauseAsked_Queued_LatePlacementIsGivenBack()
    {
        var trial = new TrialFixture();
        trial.Apply(new TrialEvent.PauseAsked(TrialFixture.At));
        Assert.Contains(TrialEffect.ReleaseGang(1), trial.Effects);
        trial.Apply(new TrialEvent.ResumeAsked(TrialFixture.At));

        trial.Place(attempt: 1);

        Assert.Equal([TrialEffect.ReleaseGang(1)], trial.Effects);
        Assert.True(trial.State.IsWaiting);
        Assert.Equal(2, trial.State.Requested);
    }

    [Fact]
    public void StopAsked_Queued_EndsAtOnce()
    {
        var trial = new TrialFixture();
        trial.Apply(new TrialEvent.StopAsked(TrialFixture.At, "enough"));

        Assert.Equal((TrialState.Stopped, "enough"), (trial.State.State, trial.State.Reason));
        Assert.Contains(TrialEffect.ReleaseGang(1), trial.Effects);
    }

    [Fact]
    public void EpochEnded_SchedulerStops_StoppedAndDevicesFreeWhenTheWorkerHasLeft()
    {
        var trial = new TrialFixture();
        trial.Run();
        TrialStep step = trial.Report(1, verdict: EpochAction.Stop);
        Assert.Equal((EpochAction.Stop, TrialState.Stopped), (step.Directive!.Action, trial.State.State));

        trial.Exit(0, 0);

        Assert.Equal([TrialEffect.ReleaseRank(1, 0), TrialEffect.TellSweep], trial.Effects);
    }

    [Fact]
    public void DrainExpired_WorkersStayed_AreEndedNow()
    {
        var trial = new TrialFixture();
        trial.Run();
        trial.Apply(new TrialEvent.PauseAsked(TrialFixture.At));
        trial.Apply(new TrialEvent.DrainExpired(TrialFixture.At, 1));

        Assert.Contains(TrialEffect.StopRank(1, 0), trial.Effects);
    }

    // The fixture checks the invariants after every event; illegal moves must leave the trial as it was.
    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(2, 2, 0)]
    [InlineData(3, 3, 0)]
    [InlineData(4, 2, 60)]
    [InlineData(5, 3, 60)]
    public void Apply_RandomEvents_InvariantsHold(int seed, int ranks, int reform)
    {
        var random = new Random(seed);
        for (int life = 0; life < 200; life++)
        {
            var trial = new TrialFixture(ranks, epochs: 4, retries: 3, TimeSpan.FromSeconds(reform));
            for (int step = 0; step < 120; step++)
            {
                TrialMachineState before = trial.State;
                try
                {
                    trial.Apply(RandomEvent(trial, random));
                }
                catch (InvalidTransitionException)
                {
                    Assert.Same(before, trial.State);
                }
            }
        }
    }

    private static TrialEvent RandomEvent(TrialFixture trial, Random random)
    {
        DateTimeOffset at = TrialFixture.At;
        int attempt = Math.Max(0, trial.State.Attempt - (random.Next(10) == 0 ? 1 : 0));
        int rank = random.Next(trial.State.Plan.Devices.Min);
        GangRank? member = trial.State.Gang.ElementAtOrDefault(rank);
        RankId id = trial.Rank(rank, attempt) with { Start = Math.Max(0, (member?.Start ?? 0) - (random.Next(8) == 0 ? 1 : 0)) };
        int ring = Math.Max(0, trial.State.Ring + (random.Next(6) switch { 0 => -1, 1 => 1, _ => 0 }));
        return random.Next(16) switch
        {
            0 => new TrialEvent.Created(at),
            1 => new TrialEvent.Revived(at),
            2 or 3 => new TrialEvent.Placed(at, trial.PlacementOf(Math.Max(1, trial.State.Requested - (random.Next(5) == 0 ? 1 : 0))), "s"),
            4 => new TrialEvent.Launched(at, attempt),
            5 or 6 => new TrialEvent.Joined(at, new RankArrival(id, $"h:{id.Rank}-{id.Start}-{ring}", ring, "e")),
            7 or 8 => new TrialEvent.EpochEnded(
                at,
                trial.ReportOf(attempt, trial.State.EpochsDone + random.Next(2), random.NextDouble()),
                new EpochDirective(random.Next(8) switch { 0 => EpochAction.Stop, 1 => EpochAction.Pause, _ => EpochAction.Continue }, "v")),
            9 => new TrialEvent.CheckpointStored(at, attempt, TrialFixture.CheckpointOf(random.Next(5))),
            10 => new TrialEvent.RankExited(at, new RankExit(id, random.Next(3) switch { 0 => 0, 1 => 75, _ => 1 }, "e", random.Next(4) == 0)),
            11 => new TrialEvent.PauseAsked(at),
            12 => new TrialEvent.ResumeAsked(at),
            13 => new TrialEvent.Replaced(at, id with { Start = id.Start + 1 }, new DeviceId("n", $"cuda:{random.Next(9)}")),
            14 => new TrialEvent.RegroupExpired(at, attempt, ring),
            _ => random.Next(12) == 0 ? new TrialEvent.StopAsked(at, "s") : new TrialEvent.DrainExpired(at, attempt),
        };
    }
}
