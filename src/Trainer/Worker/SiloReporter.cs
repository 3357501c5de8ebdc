using Granary.Trainer.Checkpoints;
using Granary.Trainer.Link;
using Granary.Trainer.Runs;
using Granary.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Granary.Trainer.Worker;

/// <summary>
/// Tells the silo how a run goes: steps in the background, epochs and checkpoints as calls that outlive a silo's restart. What a report
/// names is stored before the report is sent.
/// </summary>
/// <param name="id">Rank 0 of the attempt.</param>
/// <param name="metrics">Takes the steps.</param>
/// <param name="calls">Calls that outlive a silo's restart.</param>
/// <param name="artifacts">Stores the checkpoints.</param>
internal sealed class SiloReporter(RankId id, MetricStream metrics, SiloCalls calls, ArtifactClient artifacts)
    : ITrainingObserver, IAsyncDisposable
{
    /// <summary>
    /// How long a report waits for a silo that is away; training stands still meanwhile, and is then lost since its last report.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan CallDeadline = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _closing = new();
    private Task<EpochDecision>? _answer;
    private int _epoch;

    /// <inheritdoc/>
    public void OnStep(StepResult result) => metrics.Add(ToWire(result));

    /// <inheritdoc/>
    /// <remarks>
    /// A wait that was cancelled leaves the report under way: a run that first finds together with the other ranks, and then asks again,
    /// waits for the answer to the same one.
    /// </remarks>
    public Task<EpochDecision> OnEpochAsync(EpochResult result, CancellationToken cancellationToken)
    {
        if (_answer is null || _epoch != result.Epoch) (_epoch, _answer) = (result.Epoch, ReportAsync(result, _closing.Token));
        return _answer.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task OnCheckpointAsync(CheckpointFiles checkpoint, CancellationToken cancellationToken)
    {
        var report = new CheckpointReport { Id = id, Checkpoint = await StoreAsync(checkpoint, cancellationToken) };
        await CallAsync("to report a checkpoint", (client, options) => client.ReportCheckpointAsync(report, options), cancellationToken);
    }

    /// <summary>Gives up what is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        if (_answer is not null) await ((Task)_answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
    }

    private async Task<EpochDecision> ReportAsync(EpochResult result, CancellationToken cancellationToken)
    {
        var report = new V1.EpochReport
        {
            Id = id,
            Epoch = result.Epoch,
            Step = result.Step,
            Checkpoint = await StoreAsync(result.Checkpoint, cancellationToken),
            Last = result.Last,
            Health = LayerMapping.ToProto(result.Health),
        };
        foreach (var (name, value) in result.Metrics) report.Metrics.Add(name, value);
        var directive = await CallAsync($"to report epoch {result.Epoch}",
            (client, options) => client.ReportEpochAsync(report, options), cancellationToken);
        return directive.Action switch
        {
            EpochDirective.Types.Action.Pause => EpochDecision.Pause,
            EpochDirective.Types.Action.Stop => EpochDecision.Stop,
            _ => EpochDecision.Continue,
        };
    }

    private Task<T> CallAsync<T>(
        string what, Func<Telemetry.TelemetryClient, CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellationToken)
    {
        return calls.CallAsync(what, Patience, OnceAsync, cancellationToken);

        // A silo that took the call and then vanished must not hold the worker: each try has its own end.
        async Task<T> OnceAsync(GrpcChannel channel, CancellationToken token)
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(token);
            deadline.CancelAfter(CallDeadline);
            return await call(new Telemetry.TelemetryClient(channel), new CallOptions(cancellationToken: deadline.Token));
        }
    }

    private async Task<Checkpoint> StoreAsync(CheckpointFiles files, CancellationToken cancellationToken)
    {
        await artifacts.StoreAsync(files.WeightsPath, files.WeightsHash, cancellationToken);
        await artifacts.StoreAsync(files.ManifestPath, files.ManifestHash, cancellationToken);
        return new Checkpoint
        {
            Weights = files.WeightsHash,
            Manifest = files.ManifestHash,
            Bytes = files.Bytes,
            Epoch = files.Epoch,
            Step = files.Step,
        };
    }

    private static StepMetrics ToWire(StepResult result)
    {
        var step = new StepMetrics
        {
            Step = result.Step,
            Epoch = result.Epoch,
            UnixMilliseconds = result.At.ToUnixTimeMilliseconds(),
            Health = LayerMapping.ToProto(result.Health),
        };
        foreach (var (name, value) in result.Values) step.Values.Add(name, value);
        step.Layers.AddRange(result.Layers.Select((layer, i) => LayerMapping.ToProto(layer, result.Health?.Layers[i])));
        return step;
    }
}
