using System.Collections.Concurrent;
using System.Globalization;
using Granary.Pools;
using Granary.Specs;
using Granary.Trials;

namespace Granary.Grains.Tests.Running;

/// <summary>
/// An agent whose workers do what real ones do on the wire: join, report every epoch of their run, obey, exit. An epoch's accuracy is
/// a function of learning rate and epoch, so that results show whether one was lost or repeated.
/// </summary>
internal sealed class FakeAgent : INodeObserver, IAsyncDisposable
{
    private readonly TestSilo _silo;
    private readonly string _node;
    private readonly int _devices;
    private readonly string _session = Guid.NewGuid().ToString("N");
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<RankId, Worker> _workers = new();
    private readonly ConcurrentQueue<string> _overlaps = new();
    private readonly INodeObserver _reference;
    private Task _heart = Task.CompletedTask;

    private FakeAgent(TestSilo silo, string node, int devices)
    {
        _silo = silo;
        _node = node;
        _devices = devices;
        _reference = silo.Grains.CreateObjectReference<INodeObserver>(this);
    }

    /// <summary>Called before each epoch; what it throws ends the worker with exit code 1.</summary>
    public Func<RankLaunch, int, CancellationToken, Task> BeforeEpoch { get; set; } = (_, _, _) => Task.CompletedTask;

    /// <summary>Every worker that was started, in order.</summary>
    public ConcurrentQueue<RankLaunch> Launches { get; } = new();

    /// <summary>Every epoch that was reported, as trial/epoch.</summary>
    public ConcurrentQueue<string> Reports { get; } = new();

    public static async Task<FakeAgent> StartAsync(TestSilo silo, string node = "n1", int devices = 2)
    {
        var agent = new FakeAgent(silo, node, devices);
        await agent.AttachAsync();
        agent._heart = agent.BeatAsync();
        return agent;
    }

    public Task StartRankAsync(RankLaunch launch)
    {
        var worker = new Worker(CancellationTokenSource.CreateLinkedTokenSource(_stop.Token), launch.Device);
        if (!_workers.TryAdd(launch.Rank, worker))
            return Task.CompletedTask;
        foreach (RankId other in _workers.Where(entry => entry.Key != launch.Rank && entry.Value.Device == launch.Device).Select(entry => entry.Key))
            _overlaps.Enqueue($"{launch.Rank} and {other} on {launch.Device}");
        Launches.Enqueue(launch);
        worker.Life = Task.Run(() => LiveAsync(launch, worker));
        return Task.CompletedTask;
    }

    public Task StopRankAsync(RankStop command)
    {
        if (_workers.TryGetValue(command.Rank, out Worker? worker))
        {
            worker.Checkpoint = command.Checkpoint;
            worker.Stop.Cancel();
        }

        return Task.CompletedTask;
    }

    /// <summary>What is sent from now on goes nowhere, and nobody is told.</summary>
    public void LoseReference() => _silo.Grains.DeleteObjectReference<INodeObserver>(_reference);

    /// <summary>Power failure: no exit is reported, no heartbeat follows.</summary>
    public async Task KillAsync()
    {
        await _stop.CancelAsync();
        await _heart;
        await Task.WhenAll(_workers.Values.Select(worker => worker.Life));
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _stop.Dispose();
        Assert.Empty(_overlaps);
    }

    private INodeGrain Node => _silo.Grains.GetGrain<INodeGrain>(_node);

    private Task AttachAsync()
    {
        NodeDevice[] devices = Enumerable.Range(0, _devices).Select(index => new NodeDevice($"cpu:{index}", "CPU", 1)).ToArray();
        return Node.AttachAsync(new NodeHello(_node, _session, "default", devices, _workers.Keys.ToArray()), _reference, CancellationToken.None);
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                if (!await Node.HeartbeatAsync(_session, _stop.Token))
                    await AttachAsync();
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
        }
    }

    private async Task LiveAsync(RankLaunch launch, Worker worker)
    {
        RankExit exit;
        try
        {
            int code = await TrainAsync(launch, worker.Stop.Token);
            exit = new RankExit(launch.Rank, code, "", NodeLost: false);
        }
        catch (OperationCanceledException)
        {
            exit = new RankExit(launch.Rank, worker.Checkpoint ? 75 : 143, "", NodeLost: false);
        }
        catch (Exception failure)
        {
            exit = new RankExit(launch.Rank, 1, failure.Message, NodeLost: false);
        }

        if (_stop.IsCancellationRequested)
            return;
        _workers.TryRemove(launch.Rank, out _);
        await Node.RankExitedAsync(_session, exit, CancellationToken.None);
    }

    private async Task<int> TrainAsync(RankLaunch launch, CancellationToken cancellationToken)
    {
        ITrialGrain trial = _silo.Grains.GetGrain<ITrialGrain>(launch.Rank.Attempt.Trial.ToString());
        var arrival = new RankArrival(launch.Rank, $"127.0.0.1:{1000 + launch.Rank.Rank}", launch.Ring);
        while (await trial.JoinAsync(arrival, cancellationToken) is { Complete: false } members)
        {
            arrival = arrival with { Ring = members.Ring };
            await Task.Delay(10, cancellationToken);
        }

        RunSpec run = RunSpecJson.Read(launch.Run);
        for (int epoch = (launch.Checkpoint?.Epoch ?? 0) + 1; epoch <= run.Train.Epochs; epoch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await BeforeEpoch(launch, epoch, cancellationToken);
            if (launch.Rank.Rank != 0)
                continue;
            EpochDirective directive = await trial.ReportEpochAsync(Report(launch, run, epoch), cancellationToken);
            Reports.Enqueue($"{launch.Rank.Attempt.Trial.Number}/{epoch}");
            if (directive.Action != EpochAction.Continue)
                return directive.Action == EpochAction.Pause ? 75 : 0;
        }

        // Ranks leave together: the others hear from the first that its last report was answered.
        while (launch.Rank.Rank != 0 && (await trial.GetAsync(cancellationToken))?.Finished is null)
            await Task.Delay(10, cancellationToken);
        return 0;
    }

    private static EpochReport Report(RankLaunch launch, RunSpec run, int epoch) => new(
        launch.Rank.Attempt,
        new EpochResult(epoch, epoch * 100, new Dictionary<string, double> { ["valid-accuracy"] = Accuracy(run.Train.LearningRate!.Value, epoch) }),
        new CheckpointRef(
            string.Create(CultureInfo.InvariantCulture, $"{launch.Rank.Attempt.Trial}@{epoch}"), "m", 1, epoch, epoch * 100),
        epoch == run.Train.Epochs);

    public static double Accuracy(double learningRate, int epoch) => learningRate + (epoch / 100.0);

    private sealed class Worker(CancellationTokenSource stop, DeviceId device)
    {
        public CancellationTokenSource Stop { get; } = stop;

        public bool Checkpoint { get; set; }

        public DeviceId Device => device;

        public Task Life { get; set; } = Task.CompletedTask;
    }
}
