using System.Threading.Channels;
using Granary.Trainer.Link;
using Granary.V1;
using Grpc.Core;

namespace Granary.Trainer.Worker;

/// <summary>
/// Sends step metrics to the silo in the background. Training never waits for it: a full queue drops its oldest step and counts it, and
/// while the silo is away the queue holds the newest steps.
/// </summary>
internal sealed class MetricStream : IAsyncDisposable
{
    private const int Capacity = 4096;
    private const int BatchSteps = 256;
    // The silo takes messages of 2 MiB, and one step of a network with a thousand layers has some 200 KB.
    private const int BatchBytes = 512 << 10;
    // Layers of all queued steps: some 8 MB.
    private const int MostLayers = 40_000;
    private static readonly TimeSpan BatchPeriod = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FlushDeadline = TimeSpan.FromSeconds(5);

    private readonly RankId _id;
    private readonly SiloLink _link;
    private readonly TimeProvider _time;
    private readonly Backoff _backoff;
    private readonly Channel<StepMetrics> _steps;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _pump;
    private MetricBatch? _unsent;
    private long _dropped;
    private int _layers;

    /// <summary>Starts to send.</summary>
    /// <param name="id">Whose metrics these are.</param>
    /// <param name="link">The way to the silo.</param>
    /// <param name="time">The clock.</param>
    /// <param name="seed">Draws the random parts of waits.</param>
    public MetricStream(RankId id, SiloLink link, TimeProvider time, int seed)
    {
        (_id, _link, _time) = (id, link, time);
        _backoff = new Backoff(BatchPeriod, TimeSpan.FromSeconds(10), seed);
        var options = new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true };
        _steps = Channel.CreateBounded<StepMetrics>(options, Drop);
        _pump = PumpAsync();
    }

    /// <summary>Steps that were dropped because the silo was away or too slow for them.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Called when the silo knows a newer attempt; nothing is sent after that.</summary>
    public Action? OnStale { get; init; }

    /// <summary>Queues a step; without its layers when many layers wait already.</summary>
    /// <param name="step">What was measured; this object's from here on.</param>
    public void Add(StepMetrics step)
    {
        if (step.Layers.Count > 0 && Interlocked.Add(ref _layers, step.Layers.Count) > MostLayers)
        {
            Interlocked.Add(ref _layers, -step.Layers.Count);
            step.Layers.Clear();
        }

        _steps.Writer.TryWrite(step);
    }

    /// <summary>Sends what is queued, but not for longer than a few seconds, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _steps.Writer.TryComplete();
        await Task.WhenAny(_pump, Task.Delay(FlushDeadline, _time));
        await _stop.CancelAsync();
        await _pump;
        _stop.Dispose();
    }

    private async Task PumpAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await StreamAsync();
                return;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.FailedPrecondition)
            {
                OnStale?.Invoke();
                return;
            }
            catch (Exception e) when (e is RpcException or InvalidOperationException or IOException or OperationCanceledException)
            {
                await Task.Delay(_backoff.Next(), _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task StreamAsync()
    {
        using var call = new Telemetry.TelemetryClient(_link.Channel()).Stream(cancellationToken: _stop.Token);
        while (await NextAsync())
        {
            await call.RequestStream.WriteAsync(_unsent!, _stop.Token);
            _unsent = null;
            _backoff.Reset();
            await Task.Delay(BatchPeriod, _time, _stop.Token);
        }

        await call.RequestStream.CompleteAsync();
        await call;
    }

    // A batch whose connection broke is sent again: the silo keeps one value per step.
    private async Task<bool> NextAsync()
    {
        if (_unsent is not null) return true;
        if (!await _steps.Reader.WaitToReadAsync(_stop.Token)) return false;
        var batch = new MetricBatch { Id = _id };
        var bytes = 0;
        while (batch.Steps.Count < BatchSteps && bytes < BatchBytes && _steps.Reader.TryRead(out var step))
        {
            Interlocked.Add(ref _layers, -step.Layers.Count);
            bytes += step.CalculateSize();
            batch.Steps.Add(step);
        }

        _unsent = batch;
        return true;
    }

    private void Drop(StepMetrics step)
    {
        Interlocked.Increment(ref _dropped);
        Interlocked.Add(ref _layers, -step.Layers.Count);
    }
}
