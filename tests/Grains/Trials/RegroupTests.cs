using Granary.Grains.Trials;
using Granary.Trials;

namespace Granary.Grains.Tests.Trials;

/// <summary>A gang that loses a rank goes on from its memory: docs/data-parallel.md says when, and when not.</summary>
public sealed class RegroupTests
{
    private static readonly TimeSpan Reform = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(137, false)]
    [InlineData(-1, true)]
    public void RankExited_OtherThanTheFirst_IsReplacedWhileTheOthersWait(int code, bool lost)
    {
        TrialFixture trial = Running();

        trial.Exit(1, code, lost);
        Assert.Equal([TrialEffect.ReleaseRank(1, 1), TrialEffect.ReplaceRank(1, 1, 1), TrialEffect.TellSweep], trial.Effects);
        trial.Join(0, ring: 1);
        trial.Replace(1, start: 1);
        Assert.Equal([TrialEffect.StartRank(1, 1, 1), TrialEffect.TellSweep], trial.Effects);
        Assert.True(trial.State.IsRegrouping);
        Assert.Contains("rank 1 on n/cuda:1", trial.State.Reason, StringComparison.Ordinal);
        trial.Join(1, start: 1, ring: 1);

        Assert.True(trial.State.IsTogether);
        Assert.Empty(trial.State.Reason);
        Assert.Equal((TrialState.Running, 1, 1), (trial.State.State, trial.State.Attempt, trial.State.Ring));
        Assert.Equal(lost ? (0, 1) : (1, 0), (trial.State.Failures, trial.State.Losses));
        Assert.Equal("n/cuda:9", trial.State.Gang[1].Device.ToString());
        Assert.Equal(EpochAction.Continue, trial.Report(1).Directive!.Action);
    }

    // Either the survivors or the node may be the first to tell.
    [Fact]
    public void Joined_BeforeTheExitIsKnown_IsTheSameRing()
    {
        TrialFixture trial = Running();
        trial.Join(0, ring: 1);

        trial.Exit(1, 137);

        Assert.Equal(1, trial.State.Ring);
        Assert.True(trial.State.Gang[0].IsIn(1));
    }

    [Fact]
    public void Joined_NobodyIsGone_FormsTheNextRing()
    {
        TrialFixture trial = Running();

        trial.Join(1, ring: 1);
        trial.Join(0, ring: 1);

        Assert.Equal((true, 1, 0), (trial.State.IsTogether, trial.State.Ring, trial.State.Failures));
        Assert.Contains(trial.State.Journal, entry => entry.Why.Contains("a wire was cut", StringComparison.Ordinal));
    }

    [Fact]
    public void Joined_ForARingThatIsOver_LearnsTheLaterOne()
    {
        TrialFixture trial = Running();
        trial.Join(0, ring: 1);
        trial.Join(1, ring: 1);
        trial.Join(0, ring: 2);

        TrialStep late = trial.Join(1, ring: 1);

        Assert.Null(late.Refusal);
        Assert.Equal((2, false), (late.State.Ring, late.State.Gang[1].IsIn(2)));
    }

    // It was complete, and broke before this rank had heard of that.
    [Fact]
    public void Joined_StillForTheFirstRing_GoesBackToTheCheckpoint()
    {
        TrialFixture trial = Running();
        trial.Exit(1, 137);

        trial.Join(0, ring: 0);

        Assert.Equal((TrialState.Queued, DrainCause.Lost), (trial.State.State, trial.State.Draining));
        Assert.Contains(TrialEffect.StopRank(1, 0), trial.Effects);
    }

    [Fact]
    public void RankExited_TheNewWorkerBeforeItJoined_IsReplacedInTheSameRing()
    {
        TrialFixture trial = Running();
        trial.Exit(1, 137);
        trial.Join(0, ring: 1);
        trial.Replace(1, start: 1);

        trial.Exit(1, 139, start: 1);

        Assert.Equal([TrialEffect.ReleaseRank(1, 1, 1), TrialEffect.ReplaceRank(1, 1, 2), TrialEffect.TellSweep], trial.Effects);
        Assert.Equal(1, trial.State.Ring);
    }

    [Fact]
    public void EarlierWorker_EveryMessage_ChangesNothing()
    {
        TrialFixture trial = Running();
        trial.Exit(1, -1, lost: true);
        trial.Replace(1, start: 1);
        TrialMachineState before = trial.State;

        Assert.NotNull(trial.Join(1, start: 0, ring: 1).Refusal);
        trial.Exit(1, 0, start: 0);
        Assert.Equal([TrialEffect.ReleaseRank(1, 1)], trial.Effects);

        Assert.Same(before, trial.State);
    }

    [Fact]
    public void RankExited_TheFirstRank_GoesBackToTheCheckpoint()
    {
        TrialFixture trial = Running();

        trial.Exit(0, 137);

        Assert.Equal([TrialEffect.ReleaseRank(1, 0), TrialEffect.StopRank(1, 1), TrialEffect.TellSweep], trial.Effects);
        Assert.Equal(TrialState.Queued, trial.State.State);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(75)]
    public void RankExited_LeftInOrder_GoesBackToTheCheckpoint(int code)
    {
        TrialFixture trial = Running();

        trial.Exit(1, code);

        Assert.Equal(TrialState.Queued, trial.State.State);
    }

    [Fact]
    public void RankExited_BeforeTheFirstRing_GoesBackToTheCheckpoint()
    {
        var trial = new TrialFixture(ranks: 2, reform: Reform);
        trial.Place();
        trial.Apply(new TrialEvent.Launched(TrialFixture.At, 1));
        trial.Join(0);

        trial.Exit(1, 137);

        Assert.Equal(TrialState.Queued, trial.State.State);
    }

    [Fact]
    public void RankExited_MoreOftenThanRetries_Fails()
    {
        TrialFixture trial = Running(retries: 1);
        trial.Exit(1, 1);
        trial.Join(0, ring: 1);
        trial.Replace(1, start: 1);
        trial.Join(1, start: 1, ring: 1);

        trial.Exit(1, 1, start: 1);
        trial.Exit(0, 137);

        Assert.Equal((TrialState.Failed, 2), (trial.State.State, trial.State.Failures));
        Assert.Contains("boom", trial.State.Reason, StringComparison.Ordinal);
        Assert.Contains(TrialEffect.ReleaseGang(1), trial.Effects);
    }

    [Fact]
    public void RegroupExpired_SilentRank_IsEndedThenTheGangGivesUp()
    {
        TrialFixture trial = Running();
        trial.Join(0, ring: 1);

        trial.Expire();
        Assert.Equal([TrialEffect.StopRank(1, 1), TrialEffect.TellSweep], trial.Effects);
        trial.Exit(1, 137);
        trial.Replace(1, start: 1);
        trial.Expire();

        Assert.Equal((TrialState.Queued, DrainCause.Lost), (trial.State.State, trial.State.Draining));
        Assert.Contains("rank 1 on n/cuda:9 did not join", trial.State.Reason, StringComparison.Ordinal);
        Assert.Equal([TrialEffect.StopRank(1, 0), TrialEffect.StopRank(1, 1, 1), TrialEffect.TellSweep], trial.Effects);
    }

    [Fact]
    public void RegroupExpired_TogetherAgainOrAnotherRing_ChangesNothing()
    {
        TrialFixture trial = Running();
        trial.Join(0, ring: 1);
        trial.Join(1, ring: 1);
        TrialMachineState before = trial.State;

        trial.Expire();
        trial.Apply(new TrialEvent.RegroupExpired(TrialFixture.At, 1, 0));

        Assert.Same(before, trial.State);
    }

    [Fact]
    public void Joined_MoreRingsThanTheLimit_GivesUp()
    {
        TrialFixture trial = Running();
        for (int ring = 1; ring <= TrialMachine.RingLimit; ring++)
        {
            trial.Join(0, ring: ring);
            trial.Join(1, ring: ring);
        }

        trial.Join(0, ring: TrialMachine.RingLimit + 1);

        Assert.Equal(TrialState.Queued, trial.State.State);
        Assert.Contains("a wire was cut", trial.State.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void PauseAsked_WhileTheRanksLookForEachOther_KeepsTheLastCheckpoint()
    {
        TrialFixture trial = Running();
        trial.Report(1);
        trial.Exit(1, 137);

        trial.Apply(new TrialEvent.PauseAsked(TrialFixture.At));
        Assert.Equal([TrialEffect.StopRank(1, 0), TrialEffect.TellSweep], trial.Effects);
        trial.Replace(1, start: 1);
        Assert.Equal([TrialEffect.ReleaseRank(1, 1, 1)], trial.Effects);
        trial.Exit(0, 137);

        Assert.Equal((TrialState.Paused, "w1"), (trial.State.State, trial.State.LastCheckpoint!.Weights));
    }

    [Fact]
    public void Revived_WhileARankIsReplaced_AsksThePoolAgain()
    {
        TrialFixture trial = Running();
        trial.Exit(1, 137);

        trial.Apply(new TrialEvent.Revived(TrialFixture.At));

        Assert.Equal(
            [TrialEffect.ReleaseRank(1, 1), TrialEffect.ReplaceRank(1, 1, 1), TrialEffect.WatchRank(1, 0), TrialEffect.TellSweep],
            trial.Effects);
    }

    private static TrialFixture Running(int retries = 2)
    {
        var trial = new TrialFixture(ranks: 2, retries: retries, reform: Reform);
        trial.Run();
        return trial;
    }
}
