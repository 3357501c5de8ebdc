using Granary.Grains.Tests.Running;
using Granary.Pools;
using Granary.Sweeps;
using Granary.Trials;

namespace Granary.Grains.Tests.Sweeps;

/// <summary>A gang loses a rank above 0: another worker takes its place in the same attempt, and no epoch is done again.</summary>
public sealed class LostRankTests
{
    [Fact]
    public async Task Sweep_RankOfAGangFails_AnotherWorkerTakesItsPlace()
    {
        await using TestSilo silo = await TestSilo.StartAsync(new SharedStorage());
        await using FakeAgent agent = await FakeAgent.StartAsync(silo, devices: 2);
        var training = new Training();
        agent.BeforeEpoch = (launch, epoch, token) => LoseAsync(silo, launch, epoch, training, FailAsync, token);

        SweepId id = await silo.SubmitAsync(SweepFiles.Grid(1, devices: "2"));
        SweepSnapshot sweep = await silo.UntilAsync(id, snapshot => snapshot.Summary.State == SweepState.Succeeded);

        Assert.Equal(["1/1", "1/2", "1/3"], agent.Reports);
        Assert.Equal(1, Assert.Single(sweep.Trials).Attempt);
        RankLaunch[] launches = agent.Launches.OrderBy(launch => launch.Rank.Rank).ThenBy(launch => launch.Rank.Start).ToArray();
        Assert.Equal([(0, 0, 0), (1, 0, 0), (1, 1, 1)], launches.Select(launch => (launch.Rank.Rank, launch.Rank.Start, launch.Ring)));
        Assert.Equal((launches[1].Device, launches[0].Secret), (launches[2].Device, launches[2].Secret));
        await FreeAsync(silo);
    }

    [Fact]
    public async Task Sweep_NodeOfARankIsLost_TheRankMovesToAnother()
    {
        await using TestSilo silo = await TestSilo.StartAsync(new SharedStorage(), fleet => fleet.LostAfter = TimeSpan.FromSeconds(2));
        await using FakeAgent a = await FakeAgent.StartAsync(silo, "a", devices: 1);
        await using FakeAgent b = await FakeAgent.StartAsync(silo, "b", devices: 1);
        FakeAgent[] agents = [a, b];
        var training = new Training();
        a.BeforeEpoch = b.BeforeEpoch = (launch, epoch, token) => LoseAsync(silo, launch, epoch, training, HangAsync, token);
        SweepId id = await silo.SubmitAsync(SweepFiles.Grid(1, devices: "2"));
        await training.Begun.WaitAsync(TestSilo.Patience);

        FakeAgent lost = agents.Single(agent => agent.Launches.Any(launch => launch.Rank.Rank == 1));
        await lost.KillAsync();
        await using FakeAgent spare = await FakeAgent.StartAsync(silo, "spare", devices: 1);
        SweepSnapshot sweep = await silo.UntilAsync(id, snapshot => snapshot.Summary.State == SweepState.Succeeded);

        Assert.Equal(1, Assert.Single(sweep.Trials).Attempt);
        RankLaunch moved = Assert.Single(spare.Launches);
        Assert.Equal((1, 1, 1), (moved.Rank.Rank, moved.Rank.Start, moved.Ring));
        Assert.Equal(["1/1", "1/2", "1/3"], agents.SelectMany(agent => agent.Reports));
        await FreeAsync(silo);
    }

    [Fact]
    public async Task Sweep_NoDeviceInALostRanksPlace_GoesBackToTheCheckpoint()
    {
        await using TestSilo silo = await TestSilo.StartAsync(new SharedStorage(), fleet => fleet.LostAfter = TimeSpan.FromSeconds(2));
        await using FakeAgent first = await FakeAgent.StartAsync(silo, "a", devices: 1);
        await using FakeAgent second = await FakeAgent.StartAsync(silo, "b", devices: 1);
        FakeAgent[] agents = [first, second];
        var training = new Training();
        first.BeforeEpoch = second.BeforeEpoch = (launch, epoch, token) => LoseAsync(silo, launch, epoch, training, HangAsync, token);
        // A pool that knows of one node alone would give the trial one device.
        await TestSilo.WaitAsync(
            () => silo.Pool.GetAsync(CancellationToken.None), pool => pool.Devices.Count(device => device.Present) == 2, () => "a node is missing");
        string file = SweepFiles.Grid(1, devices: "1..2").Replace("search:", "parallel: { reform: 4 }\nsearch:", StringComparison.Ordinal);
        SweepId id = await silo.SubmitAsync(file);
        await training.Begun.WaitAsync(TestSilo.Patience);

        await agents.Single(agent => agent.Launches.Any(launch => launch.Rank.Rank == 1)).KillAsync();
        SweepSnapshot sweep = await silo.UntilAsync(id, snapshot => snapshot.Summary.State == SweepState.Succeeded);

        Assert.Equal(2, Assert.Single(sweep.Trials).Attempt);
        RankLaunch alone = agents.SelectMany(agent => agent.Launches).Single(launch => launch.Rank.Attempt.Attempt == 2);
        Assert.Equal((1, 1), (alone.WorldSize, alone.Checkpoint!.Epoch));
        await FreeAsync(silo);
    }

    // In the second epoch of the first attempt rank 1 is lost, and rank 0 notices.
    private static async Task LoseAsync(
        TestSilo silo, RankLaunch launch, int epoch, Training training, Func<CancellationToken, Task> lose,
        CancellationToken cancellationToken)
    {
        if (epoch != 2 || launch.Rank is { Start: > 0 } || launch.Rank.Attempt.Attempt > 1) return;
        await training.BeginAsync(launch.Rank.Rank, cancellationToken);
        await (launch.Rank.Rank == 0 ? MeetAgainAsync(silo, launch, cancellationToken) : lose(cancellationToken));
    }

    private static Task FailAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("out of memory");

    private static Task HangAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);

    // What a worker does whose ring broke: it listens for the next one.
    private static async Task MeetAgainAsync(TestSilo silo, RankLaunch launch, CancellationToken cancellationToken)
    {
        ITrialGrain trial = silo.Grains.GetGrain<ITrialGrain>(launch.Rank.Attempt.Trial.ToString());
        var arrival = new RankArrival(launch.Rank, "127.0.0.1:2000", Ring: 1, "rank 1 is gone");
        while (!(await trial.JoinAsync(arrival, cancellationToken)).Complete)
            await Task.Delay(10, cancellationToken);
    }

    private static async Task FreeAsync(TestSilo silo)
    {
        PoolSnapshot? last = null;
        await TestSilo.WaitAsync(
            async () => last = await silo.Pool.GetAsync(CancellationToken.None),
            pool => pool.Queue.Count == 0 && pool.Devices.All(device => device.Holder is null),
            () => string.Join("; ", last!.Devices));
    }

    /// <summary>Two ranks that train: a rank that is lost before the other has begun would take the gang with it.</summary>
    private sealed class Training
    {
        private readonly TaskCompletionSource[] _begun =
            [.. Enumerable.Range(0, 2).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];

        public Task Begun => Task.WhenAll(_begun.Select(one => one.Task));

        public Task BeginAsync(int rank, CancellationToken cancellationToken)
        {
            _begun[rank].SetResult();
            return Begun.WaitAsync(cancellationToken);
        }
    }
}
