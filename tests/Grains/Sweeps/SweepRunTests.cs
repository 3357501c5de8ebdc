using Granary.Catalog;
using Granary.Grains.Tests.Running;
using Granary.Pools;
using Granary.Sweeps;
using Granary.Trials;

namespace Granary.Grains.Tests.Sweeps;

public sealed class SweepRunTests
{
    [Fact]
    public async Task Sweep_SixTrials_RunsThroughAndFreesItsDevices()
    {
        await using TestSilo silo = await TestSilo.StartAsync(new SharedStorage());
        await using FakeAgent agent = await FakeAgent.StartAsync(silo);

        SweepId id = await silo.SubmitAsync(SweepFiles.Grid(6));
        SweepSnapshot sweep = await silo.UntilAsync(id, snapshot => snapshot.Summary.State != SweepState.Running);

        Assert.Equal("test-1", id.Value);
        Assert.Equal((SweepState.Succeeded, 6, 6), (sweep.Summary.State, sweep.Summary.FinishedTrials, sweep.Summary.PlannedTrials));
        Assert.Equal((6, FakeAgent.Accuracy(0.06, 3)), (sweep.Summary.BestTrial!.Value.Number, sweep.Summary.Best));
        Assert.All(sweep.Trials, trial => Assert.Equal((TrialState.Succeeded, 1, 3), (trial.State, trial.Attempt, trial.History.Count)));
        await FreeAsync(silo, 2);
        SweepSummary? listed = await TestSilo.WaitAsync(
            () => silo.Catalog.FindAsync("test", default), summary => summary?.State == SweepState.Succeeded, () => "the catalog was not told");
        Assert.Equal(6, listed!.FinishedTrials);
        Assert.Equal(["default"], await silo.Catalog.ListPoolsAsync(default));
    }

    [Fact]
    public async Task Sweep_GangOfTwo_BothRanksStartWithOneSecret()
    {
        await using TestSilo silo = await TestSilo.StartAsync(new SharedStorage());
        await using FakeAgent agent = await FakeAgent.StartAsync(silo, devices: 2);

        SweepId id = await silo.SubmitAsync(SweepFiles.Grid(1, devices: "2"));
        await silo.UntilAsync(id, snapshot => snapshot.Summary.State == SweepState.Succeeded);

        RankLaunch[] launches = agent.Launches.ToArray();
        Assert.Equal([0, 1], launches.Select(launch => launch.Rank.Rank).Order());
        Assert.All(launches, launch => Assert.Equal(2, launch.WorldSize));
        Assert.Equal(64, Assert.Single(launches.Select(launch => launch.Secret).Distinct()).Length);
        Assert.Equal(2, launches.Select(launch => launch.Device).Distinct().Count());
        await FreeAsync(silo, 2);
    }

    [Fact]
    public async Task Sweep_RankFailsOnce_GoesOnFromItsCheckpoint()
    {
        await using TestSilo silo = await TestSilo.StartAsync(new SharedStorage());
        await using FakeAgent agent = await FakeAgent.StartAsync(silo);
        agent.BeforeEpoch = (launch, epoch, _) => launch.Rank.Attempt.Attempt == 1 && epoch == 3
            ? throw new InvalidOperationException("out of memory")
            : Task.CompletedTask;

        SweepId id = await silo.SubmitAsync(SweepFiles.Grid(1));
        SweepSnapshot sweep = await silo.UntilAsync(id, snapshot => snapshot.Summary.State == SweepState.Succeeded);

        Assert.Equal(["1/1", "1/2", "1/3"], agent.Reports);
        Assert.Equal([null, 2], agent.Launches.Select(launch => launch.Checkpoint?.Epoch));
        Assert.Equal(2, Assert.Single(sweep.Trials).Attempt);
        await FreeAsync(silo, 2);
    }

    [Fact]
    public async Task Sweep_EveryTrialFails_BreaksOffAfterFive()
    {
        await using TestSilo silo = await TestSilo.StartAsync(new SharedStorage());
        await using FakeAgent agent = await FakeAgent.StartAsync(silo);
        agent.BeforeEpoch = (_, _, _) => throw new InvalidOperationException("no such data set");

        SweepId id = await silo.SubmitAsync(SweepFiles.Grid(40, retries: 0));
        SweepSnapshot sweep = await silo.UntilAsync(
            id, snapshot => snapshot.Summary.State == SweepState.Failed && snapshot.Trials.All(trial => trial.Finished is not null));

        Assert.Contains("no such data set", sweep.Summary.Reason, StringComparison.Ordinal);
        Assert.True(sweep.Trials.Count < 40, "the rest was not even made");
        await FreeAsync(silo, 2);
    }

    [Fact]
    public async Task Sweep_NodeLost_TrialsMoveToAnotherNode()
    {
        await using TestSilo silo = await TestSilo.StartAsync(new SharedStorage());
        await using FakeAgent lost = await FakeAgent.StartAsync(silo, "n1");
        var stuck = new TaskCompletionSource();
        lost.BeforeEpoch = (_, epoch, token) => epoch == 2 ? stuck.Task.WaitAsync(token) : Task.CompletedTask;
        SweepId id = await silo.SubmitAsync(SweepFiles.Grid(2));
        await silo.UntilAsync(id, snapshot => snapshot.Trials.Count == 2 && snapshot.Trials.All(trial => trial.EpochsDone == 1));

        await lost.KillAsync();
        await using FakeAgent other = await FakeAgent.StartAsync(silo, "n2");
        SweepSnapshot sweep = await silo.UntilAsync(id, snapshot => snapshot.Summary.State == SweepState.Succeeded);

        Assert.All(sweep.Trials, trial => Assert.Equal((2, 3), (trial.Attempt, trial.EpochsDone)));
        Assert.All(other.Launches, launch => Assert.Equal(1, launch.Checkpoint!.Epoch));
        await FreeAsync(silo, 2);
    }

    [Fact]
    public async Task Trial_StaleAttempt_IsRefused()
    {
        await using TestSilo silo = await TestSilo.StartAsync(new SharedStorage());
        await using FakeAgent agent = await FakeAgent.StartAsync(silo);
        agent.BeforeEpoch = (launch, _, _) => launch.Rank.Attempt.Attempt == 1 ? throw new InvalidOperationException("once") : Task.CompletedTask;
        SweepId id = await silo.SubmitAsync(SweepFiles.Grid(1));
        await silo.UntilAsync(id, snapshot => snapshot.Summary.State == SweepState.Succeeded);

        var zombie = new AttemptId(new TrialId(id, 1), 1);
        var report = new EpochReport(
            zombie, new EpochResult(1, 1, new Dictionary<string, double> { ["valid-accuracy"] = 1 }), new CheckpointRef("w", "m", 1, 1, 1), Last: false);

        StaleAttemptException refusal = await Assert.ThrowsAsync<StaleAttemptException>(() => silo.Trial(id, 1).ReportEpochAsync(report, default));
        Assert.Contains("attempt 1", refusal.Message, StringComparison.OrdinalIgnoreCase);
        var arrival = new RankArrival(new RankId(zombie, 0), "h:1");
        await Assert.ThrowsAsync<StaleAttemptException>(() => silo.Trial(id, 1).JoinAsync(arrival, default));
        Assert.Equal(FakeAgent.Accuracy(0.01, 3), (await silo.Trial(id, 1).GetAsync(default))!.Best);
    }

    [Fact]
    public async Task Sweep_PausedAndResumed_GoesOnWhereItWas()
    {
        await using TestSilo silo = await TestSilo.StartAsync(new SharedStorage());
        await using FakeAgent agent = await FakeAgent.StartAsync(silo);
        var gate = new TaskCompletionSource();
        agent.BeforeEpoch = (_, epoch, token) => epoch == 2 ? gate.Task.WaitAsync(token) : Task.CompletedTask;
        SweepId id = await silo.SubmitAsync(SweepFiles.Grid(3));
        await silo.UntilAsync(id, snapshot => snapshot.Trials.Count(trial => trial.EpochsDone == 1) == 2);

        await silo.Sweep(id).PauseAsync(default);
        await silo.UntilAsync(id, snapshot => snapshot.Trials.All(trial => trial.State == TrialState.Paused));
        await FreeAsync(silo, 2);
        gate.SetResult();
        SubmissionReceipt again = await silo.Catalog.SubmitAsync(new SweepSubmission(SweepFiles.Grid(3), "test.yaml", Fresh: false), default);
        SweepSnapshot sweep = await silo.UntilAsync(id, snapshot => snapshot.Summary.State == SweepState.Succeeded);

        Assert.Equal(new SubmissionReceipt(id, Continued: true), again);
        Assert.All(sweep.Trials, trial => Assert.Equal([1, 2, 3], trial.History.Select(epoch => epoch.Epoch)));
        Assert.Equal(9, agent.Reports.Count);
        await FreeAsync(silo, 2);
    }

    [Fact]
    public async Task Sweep_Stopped_TrialsEndAndDevicesAreFree()
    {
        await using TestSilo silo = await TestSilo.StartAsync(new SharedStorage());
        await using FakeAgent agent = await FakeAgent.StartAsync(silo);
        agent.BeforeEpoch = (_, epoch, token) => epoch == 2 ? Task.Delay(Timeout.Infinite, token) : Task.CompletedTask;
        SweepId id = await silo.SubmitAsync(SweepFiles.Grid(4));
        await silo.UntilAsync(id, snapshot => snapshot.Trials.Count(trial => trial.EpochsDone == 1) == 2);

        SweepSummary summary = await silo.Sweep(id).StopAsync("good enough", default);
        SweepSnapshot sweep = await silo.UntilAsync(id, snapshot => snapshot.Trials.All(trial => trial.State == TrialState.Stopped));

        Assert.Equal((SweepState.Stopped, "good enough"), (summary.State, summary.Reason));
        Assert.All(sweep.Trials, trial => Assert.Equal("good enough", trial.Reason));
        await FreeAsync(silo, 2);
    }

    [Fact]
    public async Task Sweep_SiloAndAgentDieInTheMiddle_NothingIsLostOrDoneTwice()
    {
        var storage = new SharedStorage();
        TestSilo first = await TestSilo.StartAsync(storage);
        FakeAgent before = await FakeAgent.StartAsync(first);
        var stuck = new TaskCompletionSource();
        // Whichever two trials start first come to their end; the order in which trials reach the pool is not promised.
        var finishing = new HashSet<int>();
        before.BeforeEpoch = (launch, epoch, token) =>
        {
            lock (finishing)
            {
                if (finishing.Count < 2) finishing.Add(launch.Rank.Attempt.Trial.Number);
                return finishing.Contains(launch.Rank.Attempt.Trial.Number) || epoch != 2 ? Task.CompletedTask : stuck.Task.WaitAsync(token);
            }
        };
        SweepId id = await first.SubmitAsync(SweepFiles.Grid(6));
        await first.UntilAsync(id, snapshot =>
            snapshot.Trials.Count(trial => trial.State == TrialState.Succeeded) == 2 && snapshot.Trials.Count(trial => trial.EpochsDone == 1) == 2);

        SharedStorage survived = storage.Fork();
        await before.KillAsync();
        await first.DisposeAsync();
        await using TestSilo second = await TestSilo.StartAsync(survived);
        await second.Catalog.ResumeAllAsync(default);
        await using FakeAgent after = await FakeAgent.StartAsync(second);
        SweepSnapshot sweep = await second.UntilAsync(id, snapshot => snapshot.Summary.State == SweepState.Succeeded);

        string[] all = [.. before.Reports, .. after.Reports];
        Assert.Equal(18, all.Distinct().Count());
        Assert.Equal(18, all.Length);
        Assert.DoesNotContain(after.Launches, launch => finishing.Contains(launch.Rank.Attempt.Trial.Number));
        Assert.All(sweep.Trials, trial => Assert.Equal(FakeAgent.Accuracy(trial.Definition.Id.Number / 100.0, 3), trial.Best));
        await FreeAsync(second, 2);
    }

    [Fact]
    public async Task Submit_WrongFile_ListsTheMistakes()
    {
        await using TestSilo silo = await TestSilo.StartAsync(new SharedStorage());

        SweepFileException refusal = await Assert.ThrowsAsync<SweepFileException>(
            () => silo.SubmitAsync(SweepFiles.Grid(1).Replace("lenet-relu", "lenet-rleu", StringComparison.Ordinal)));

        Assert.Contains("test.yaml:3:", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await silo.Catalog.ListAsync(10, default));
    }

    [Fact]
    public async Task Subscribe_RunningSweep_HearsItsEnd()
    {
        await using TestSilo silo = await TestSilo.StartAsync(new SharedStorage());
        await using FakeAgent agent = await FakeAgent.StartAsync(silo);
        var gate = new TaskCompletionSource();
        agent.BeforeEpoch = (_, _, token) => gate.Task.WaitAsync(token);
        SweepId id = await silo.SubmitAsync(SweepFiles.Grid(2));
        var watcher = new RecordingObserver();
        ISweepObserver reference = silo.Grains.CreateObjectReference<ISweepObserver>(watcher);
        await silo.Sweep(id).SubscribeAsync(reference, default);

        gate.SetResult();
        await watcher.Ended.WaitAsync(TestSilo.Patience);

        Assert.Equal([1, 2], watcher.Succeeded.Order());
    }

    private static async Task FreeAsync(TestSilo silo, int devices)
    {
        PoolSnapshot? last = null;
        await TestSilo.WaitAsync(
            async () => last = await silo.Pool.GetAsync(CancellationToken.None),
            pool => pool.Queue.Count == 0 && pool.Devices.Count(device => device.Present && device.Holder is null) == devices
                && pool.Devices.All(device => device.Holder is null),
            () => string.Join("; ", last!.Devices));
    }
}
