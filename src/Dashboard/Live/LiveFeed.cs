using System.Collections.Concurrent;
using Granary.Dashboard.Views;
using Granary.V1;
using Grpc.Core;

namespace Granary.Dashboard.Live;

/// <summary>
/// Follows every unfinished sweep over the silo's Watch stream, whether or not a browser looks: the browsers and the
/// Prometheus endpoint both read from here. A broken stream is opened again, and starts from a snapshot.
/// </summary>
internal sealed partial class LiveFeed(V1.Sweeps.SweepsClient client, TimeProvider time, ILogger<LiveFeed> logger) : BackgroundService
{
    // Sweeps followed at a time; more than this many at once is no sweep service but a mistake.
    private const int MostSweeps = 200;

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ListDeadline = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, LiveSweep> _sweeps = new();
    private readonly ConcurrentDictionary<string, Task> _streams = new();

    /// <summary>Every trial that runs now.</summary>
    public IEnumerable<(string Sweep, LiveTrial Trial)> Running() =>
        _sweeps.SelectMany(entry => entry.Value.Running(), (entry, trial) => (entry.Key, trial));

    /// <summary>The sweep as it is followed; null when it is not (it has ended, or is not known).</summary>
    public LiveSweep? Find(string sweep) => _sweeps.GetValueOrDefault(sweep);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(LookInterval, time);
        try
        {
            do
            {
                await LookAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }

        await Task.WhenAll(_streams.Values);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            DateTime deadline = time.GetUtcNow().UtcDateTime + ListDeadline;
            ListSweepsReply reply = await client.ListAsync(new ListSweepsRequest { Limit = 1_000 }, deadline: deadline, cancellationToken: cancellationToken);
            foreach (Sweep sweep in reply.Sweeps.Where(sweep => sweep.State is SweepState.Running or SweepState.Paused).Take(MostSweeps))
            {
                _ = _streams.GetOrAdd(sweep.Id, id => FollowAsync(id, cancellationToken));
            }
        }
        catch (RpcException error) when (!cancellationToken.IsCancellationRequested)
        {
            LogSiloAway(error.Status.StatusCode, error.Status.Detail);
        }
    }

    private async Task FollowAsync(string id, CancellationToken cancellationToken)
    {
        LiveSweep sweep = _sweeps.GetOrAdd(id, _ => new LiveSweep());
        try
        {
            while (!await StreamAsync(id, sweep, cancellationToken))
            {
                await Task.Delay(RetryDelay, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        finally
        {
            sweep.End();
            _sweeps.TryRemove(id, out _);
            _streams.TryRemove(id, out _);
        }
    }

    // True when the sweep has ended (or is gone), false when the stream broke.
    private async Task<bool> StreamAsync(string id, LiveSweep sweep, CancellationToken cancellationToken)
    {
        try
        {
            using AsyncServerStreamingCall<SweepEvent> call = client.Watch(
                new WatchRequest { Sweep = id, Metrics = true }, cancellationToken: cancellationToken);
            await foreach (SweepEvent change in call.ResponseStream.ReadAllAsync(cancellationToken))
            {
                Take(sweep, change);
            }

            return true;
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.NotFound)
        {
            return true;
        }
        catch (RpcException error) when (!cancellationToken.IsCancellationRequested)
        {
            LogStreamBroke(id, error.Status.StatusCode, error.Status.Detail);
            return false;
        }
    }

    private static void Take(LiveSweep sweep, SweepEvent change)
    {
        switch (change.EventCase)
        {
            case SweepEvent.EventOneofCase.Sweep:
                sweep.Take(change.Sweep.ToDetailView());
                break;
            case SweepEvent.EventOneofCase.Summary:
                sweep.Take(change.Summary.ToView());
                break;
            case SweepEvent.EventOneofCase.Trial:
                sweep.Take(change.Trial.ToView());
                break;
            case SweepEvent.EventOneofCase.Metrics:
                sweep.Take(new MetricsView(change.Metrics.Trial, [.. change.Metrics.Steps.Select(WireViews.ToView)]));
                break;
            default:
                // A newer silo may tell of more than this dashboard knows.
                break;
        }
    }
}
