using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Collectives;
using Granary.Trainer.Link;
using Granary.Trainer.Runs;

namespace Granary.Trainer.Worker;

/// <summary>A worker's life: join the gang, take up its state, train, report; and how each way to end becomes an exit code.</summary>
internal sealed class WorkerSession(LaunchDocument launch, StopRequest stop, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _fenced = new();

    /// <summary>Runs the rank to its end.</summary>
    /// <param name="launch">What the worker was told.</param>
    /// <param name="stop">Whether it is to leave with a checkpoint.</param>
    /// <param name="time">The clock.</param>
    /// <returns>
    /// The process's exit code, see <see cref="ExitCode"/>; what failed is on standard error, the cause in the last line.
    /// </returns>
    public static async Task<int> RunAsync(LaunchDocument launch, StopRequest stop, TimeProvider time)
    {
        using var session = new WorkerSession(launch, stop, time);
        try
        {
            return await session.RunAsync();
        }
        catch (StaleAttemptException e)
        {
            return await EndAsync(ExitCode.Stale, $"Attempt {launch.Attempt} of {launch.Trial} is over: {e.Message}");
        }
        catch (OperationCanceledException) when (session._fenced.IsCancellationRequested)
        {
            return await EndAsync(ExitCode.Stale, $"Attempt {launch.Attempt} of {launch.Trial} is over: the silo refused its metrics.");
        }
        catch (OperationCanceledException) when (stop.Requested.IsCancellationRequested)
        {
            return await EndAsync(ExitCode.Paused, "Stopped on request while it waited for the other ranks.");
        }
        catch (CollectiveException e)
        {
            return await EndAsync(ExitCode.Failed, e.Message);
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync(e.ToString());
            return await EndAsync(ExitCode.Failed, $"{e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _fenced.Dispose();

    private async Task<int> RunAsync()
    {
        var id = launch.ToId();
        // Ranks of a gang must not retry in step with each other.
        var seed = HashCode.Combine(launch.Rank, Environment.ProcessId);
        using var link = new SiloLink(new SiloLocation(launch.Silo, launch.SiloFile));
        var calls = new SiloCalls(link, time, seed);
        var artifacts = new ArtifactClient(calls, SiloReporter.Patience);
        var spec = RunSpecJson.Read(launch.Run);
        await using var gang = await Gang.JoinAsync(launch, spec.Parallel, calls, time, stop.Requested);
        try
        {
            var from = gang.Entered ?? await FetchAsync(artifacts);
            await using var metrics = new MetricStream(id, link, time, seed) { OnStale = _fenced.Cancel };
            await using var reporter = new SiloReporter(id, metrics, calls, artifacts);
            var run = TrainingRun.Create(Request(spec, gang, reporter, from));
            await using var asked = stop.Requested.Register(run.RequestCheckpoint);
            var outcome = await run.RunAsync(_fenced.Token);
            if (metrics.Dropped > 0) Console.WriteLine($"{metrics.Dropped} measured steps were not sent: the silo was away for too long.");
            return await EndAsync(outcome);
        }
        catch (Exception e)
        {
            // The others would wait for this rank; they end with the reason instead.
            gang.Ring?.Abort(e.Message);
            throw;
        }
    }

    private async Task<RunState?> FetchAsync(ArtifactClient artifacts)
    {
        if (launch.Checkpoint is not { } checkpoint) return null;
        var folder = Path.Combine(launch.Folder, LaunchDocument.ResumeFolder);
        var weights = await artifacts.FetchAsync(checkpoint.Weights, folder, stop.Requested);
        var manifest = await artifacts.FetchAsync(checkpoint.Manifest, folder, stop.Requested);
        return new RunState(CheckpointReader.Read(weights, manifest));
    }

    private TrainingRunRequest Request(RunSpec spec, Gang gang, SiloReporter reporter, RunState? from) => new()
    {
        Run = spec,
        Device = new DeviceChoice(launch.Cuda, launch.Threads),
        Reduction = gang.Reduction,
        Callbacks = gang.Callbacks,
        Observer = reporter,
        CheckpointFolder = Path.Combine(launch.Folder, LaunchDocument.CheckpointFolder),
        Time = time,
        Resume = from?.Checkpoint,
        Pending = from?.Pending,
        Ring = gang.Ring,
        Regroup = gang.Regroups ? (lost, own, cancellationToken) => RegroupAsync(gang, lost, own, cancellationToken) : null,
    };

    // Who is asked to leave meanwhile has no step after which it could.
    private async Task<RunState> RegroupAsync(Gang gang, CollectiveException lost, RunState own, CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stop.Requested);
        return await gang.RegroupAsync(lost, own, ends.Token);
    }

    private static Task<int> EndAsync(RunOutcome outcome) => outcome.End switch
    {
        RunEnd.Finished or RunEnd.StoppedByScheduler or RunEnd.StoppedEarly => EndAsync(ExitCode.Done, outcome.Reason),
        RunEnd.Paused => EndAsync(ExitCode.Paused, outcome.Reason),
        _ => EndAsync(ExitCode.Failed, outcome.Reason),
    };

    private static async Task<int> EndAsync(int code, string reason)
    {
        if (reason.Length > 0) await Console.Error.WriteLineAsync(reason);
        return code;
    }
}
