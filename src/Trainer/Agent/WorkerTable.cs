using System.ComponentModel;
using System.Threading.Channels;
using Granary.Trainer.Worker;
using Granary.V1;

namespace Granary.Trainer.Agent;

/// <summary>
/// The node's workers: which run, and how the others ended. It outlives every connection to the silo, so that a silo may go and come back
/// while workers train. Commands come from one connection at a time; exits come from the pool.
/// </summary>
internal sealed class WorkerTable(AgentOptions options, IReadOnlyList<DeviceSlot> slots, TimeProvider time, ILogger logger)
{
    // A worker of an attempt's rank is started once, ever. The exits are remembered so that a command that was sent again is answered, not obeyed.
    private const int RememberedExits = 1024;
    private const int NotRunning = 128 + 9;
    private static readonly TimeSpan EvictionDeadline = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<RankKey, WorkerProcess> _running = [];
    private readonly Dictionary<RankKey, PendingExit> _exits = [];
    private readonly Dictionary<RankKey, Task> _watches = [];
    private ChannelWriter<AgentMessage>? _outbox;

    /// <summary>Sends what happens from now on to a new connection.</summary>
    /// <param name="outbox">Its queue; what does not fit is told again with the next heartbeats.</param>
    public void Connect(ChannelWriter<AgentMessage> outbox)
    {
        lock (_gate)
        {
            _outbox = outbox;
            foreach (var exit in _exits.Values) exit.Attempted = null;
        }
    }

    /// <summary>Workers that run right now.</summary>
    public IReadOnlyList<RankId> Running()
    {
        lock (_gate) return [.. _running.Keys.Select(rank => rank.ToId())];
    }

    /// <summary>Exits that the silo may not have heard of yet.</summary>
    public IReadOnlyList<AgentMessage> UnheardExits()
    {
        lock (_gate)
        {
            var due = _exits.Values.Where(exit => exit is { Heard: false, Attempted: null }).ToList();
            foreach (var exit in due) exit.Attempted = time.GetTimestamp();
            return [.. due.Select(exit => exit.Exit.ToMessage())];
        }
    }

    /// <summary>The connection has lived on since: what was written to it longer ago than this has arrived.</summary>
    /// <param name="age">How long a message may be under way.</param>
    public void Settle(TimeSpan age)
    {
        lock (_gate)
        {
            foreach (var exit in _exits.Values.Where(exit => exit.Attempted is { } at && time.GetElapsedTime(at) > age)) exit.Heard = true;
        }
    }

    /// <summary>Starts a rank's worker, unless it runs or has run.</summary>
    /// <param name="command">What the silo said.</param>
    public async Task StartAsync(StartRank command)
    {
        var rank = RankKey.Of(command.Id);
        lock (_gate)
        {
            if (_running.TryGetValue(rank, out var worker))
            {
                Tell(Started(worker));
                return;
            }
        }

        if (Again(rank)) return;
        if (slots.FirstOrDefault(slot => slot.Id == command.Device) is not { } device)
        {
            var offered = string.Join(", ", slots.Select(slot => slot.Id));
            Ended(new WorkerExit(rank, ExitCode.Usage, $"Node {options.Node} has no device {command.Device}; it offers {offered}."));
            return;
        }

        await EvictAsync(device, rank);
        try
        {
            var launch = new WorkerLaunch(options.Program, rank, device, Document(command, device), options.CheckpointGrace);
            var started = WorkerProcess.Start(launch, time);
            logger.Started(rank, device.Id, started.Id);
            lock (_gate)
            {
                _running.Add(rank, started);
                Tell(Started(started));
                _watches.Add(rank, WatchAsync(started));
            }
        }
        catch (Exception e) when (e is Win32Exception or IOException or UnauthorizedAccessException)
        {
            var error = $"Node {options.Node} cannot start a worker ({options.Program.File}): {e.Message}";
            Ended(new WorkerExit(rank, ExitCode.Failed, error));
        }
    }

    /// <summary>Stops a rank.</summary>
    /// <param name="command">What the silo said.</param>
    public void Stop(StopRank command)
    {
        var rank = RankKey.Of(command.Id);
        WorkerProcess? worker;
        lock (_gate) _running.TryGetValue(rank, out worker);
        if (worker is null)
        {
            if (!Again(rank)) Ended(new WorkerExit(rank, NotRunning, $"Node {options.Node} runs no such worker."));
            return;
        }

        logger.Stopping(rank, command.Checkpoint);
        if (command.Checkpoint) worker.RequestCheckpoint();
        else worker.Kill();
    }

    /// <summary>Ends all workers: asks first, kills after the grace. Their exits are then the last that the connection is given.</summary>
    public async Task ShutDownAsync()
    {
        WorkerProcess[] workers;
        Task ended;
        lock (_gate)
        {
            workers = [.. _running.Values];
            ended = Task.WhenAll(_watches.Values);
        }

        foreach (var worker in workers) worker.RequestCheckpoint();
        if (await Task.WhenAny(ended, Task.Delay(options.ShutdownGrace, time)) != ended)
        {
            foreach (var worker in workers) worker.Kill();
            await Task.WhenAny(ended, Task.Delay(EvictionDeadline, time));
        }

        lock (_gate) _outbox?.TryComplete();
    }

    // Two ranks never share a device. The silo has given this one away, so whoever is still on it belongs to an attempt that it gave up.
    private async Task EvictAsync(DeviceSlot device, RankKey successor)
    {
        WorkerProcess[] others;
        lock (_gate) others = [.. _running.Values.Where(worker => worker.Slot.Id == device.Id)];
        foreach (var worker in others)
        {
            logger.Evicting(worker.Rank, device.Id, successor);
            worker.Kill();
            await Task.WhenAny(worker.Exit, Task.Delay(EvictionDeadline, time));
        }
    }

    private async Task WatchAsync(WorkerProcess worker)
    {
        var exit = await worker.Exit.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        logger.Ended(exit.Rank, exit.Code);
        Ended(exit);
    }

    private void Ended(WorkerExit exit)
    {
        lock (_gate)
        {
            _running.Remove(exit.Rank);
            _watches.Remove(exit.Rank);
            while (_exits.Count >= RememberedExits) _exits.Remove(_exits.Values.MinBy(e => e.Order)!.Exit.Rank);
            _exits[exit.Rank] = new PendingExit(exit, time.GetTimestamp());
            if (Tell(exit.ToMessage())) _exits[exit.Rank].Attempted = time.GetTimestamp();
        }
    }

    private bool Again(RankKey rank)
    {
        lock (_gate)
        {
            if (!_exits.TryGetValue(rank, out var exit)) return false;
            Tell(exit.Exit.ToMessage());
            return true;
        }
    }

    private bool Tell(AgentMessage message) => _outbox?.TryWrite(message) ?? false;

    private LaunchDocument Document(StartRank command, DeviceSlot device) => new()
    {
        Trial = command.Id.Trial,
        Attempt = command.Id.Attempt,
        Rank = command.Id.Rank,
        Start = command.Id.Start,
        Ring = command.Ring,
        WorldSize = command.WorldSize,
        Cuda = device.Gpu is not null,
        Threads = device.Threads,
        Run = command.Run,
        Checkpoint = command.Checkpoint is { } checkpoint ? new LaunchCheckpoint(checkpoint.Weights, checkpoint.Manifest) : null,
        Secret = command.Secret,
        Silo = options.Silo.Address,
        SiloFile = options.Silo.File,
        Address = options.Address,
        Certificates = options.Certificates,
        Folder = Path.Combine(options.Work, "ranks", RankKey.Of(command.Id).Folder()),
    };

    private static AgentMessage Started(WorkerProcess worker) =>
        new() { RankStarted = new RankStarted { Id = worker.Rank.ToId(), Process = worker.Id } };

    private sealed class PendingExit(WorkerExit exit, long order)
    {
        public WorkerExit Exit { get; } = exit;

        public long Order { get; } = order;

        public long? Attempted { get; set; }

        public bool Heard { get; set; }
    }
}
