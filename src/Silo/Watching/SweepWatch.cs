using Granary.Silo.Metrics;
using Granary.Silo.Wire;
using Granary.Sweeps;
using Granary.Trials;
using Grpc.Core;

namespace Granary.Silo.Watching;

/// <summary>One watch stream: the sweep as it stands, then every change, until the sweep has ended.</summary>
/// <param name="grains">Reaches the sweep.</param>
/// <param name="sweep">The sweep.</param>
/// <param name="stream">Where events go.</param>
/// <param name="time">The clock of the renewals.</param>
internal sealed class SweepWatch(IGrainFactory grains, SweepId sweep, IServerStreamWriter<V1.SweepEvent> stream, TimeProvider time)
{
    // A grain forgets observers that are not renewed; looking at the sweep again also finds what was lost on the way.
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(2);

    private readonly ISweepGrain _grain = grains.GetGrain<ISweepGrain>(sweep.Value);
    private readonly WatchQueue _queue = new();
    private readonly Dictionary<TrialId, long> _sent = [];
    private SweepSummary? _lastSummary;
    private long _renewed;

    /// <summary>Sends events until the sweep has ended.</summary>
    /// <param name="metrics">Where measured steps come from; null when nobody asked for them.</param>
    /// <param name="cancellationToken">The watcher has gone, or the silo stops.</param>
    public async Task RunAsync(MetricHub? metrics, CancellationToken cancellationToken)
    {
        using IDisposable? measured = metrics?.Watch(sweep, _queue.Measured);
        ISweepObserver observer = grains.CreateObjectReference<ISweepObserver>(_queue);
        try
        {
            // Subscribed first, looked at second: no change can fall between.
            await SubscribeAsync(observer, cancellationToken);
            SweepState state = await SendWholeAsync(cancellationToken);
            while (!state.IsTerminal())
            {
                state = await NextAsync(cancellationToken) is { } news
                    ? await SendAsync(news, cancellationToken)
                    : await RenewAsync(observer, cancellationToken);
            }
        }
        finally
        {
            await LeaveAsync(observer);
        }
    }

    private async Task LeaveAsync(ISweepObserver observer)
    {
        try
        {
            await _grain.UnsubscribeAsync(observer, CancellationToken.None).WaitAsync(LeaveLimit);
        }
        catch (Exception)
        {
            // The grain drops an observer that is not renewed: nothing is lost, and the stream's own end is what counts.
        }
        finally
        {
            grains.DeleteObjectReference<ISweepObserver>(observer);
        }
    }

    private async Task SubscribeAsync(ISweepObserver observer, CancellationToken cancellationToken)
    {
        _renewed = time.GetTimestamp();
        await _grain.SubscribeAsync(observer, cancellationToken);
    }

    // Null when the subscription is due for renewal, however busy the stream is.
    private async Task<WatchNews?> NextAsync(CancellationToken cancellationToken)
    {
        TimeSpan left = Renewal - time.GetElapsedTime(_renewed);
        if (left <= TimeSpan.Zero) return null;
        using var limit = new CancellationTokenSource(left, time);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await _queue.TakeAsync(until.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<SweepState> SendAsync(WatchNews news, CancellationToken cancellationToken)
    {
        if (news.Overflowed) return await SendWholeAsync(cancellationToken);
        foreach (TrialSnapshot trial in news.Trials) await SendTrialAsync(trial, cancellationToken);
        foreach (MetricBatch batch in news.Metrics)
        {
            var measured = new V1.TrialMetrics { Trial = batch.Attempt.Trial.ToString(), Attempt = batch.Attempt.Attempt };
            measured.Steps.Add(batch.Steps);
            await stream.WriteAsync(new V1.SweepEvent { Metrics = measured }, cancellationToken);
        }

        return news.Summary switch
        {
            null => SweepState.Running,
            { State: var state } when state.IsTerminal() => await SendChangesAsync(cancellationToken),
            var summary => await SendSummaryAsync(summary, cancellationToken),
        };
    }

    private async Task<SweepState> RenewAsync(ISweepObserver observer, CancellationToken cancellationToken)
    {
        await SubscribeAsync(observer, cancellationToken);
        return await SendChangesAsync(cancellationToken);
    }

    private async Task<SweepState> SendWholeAsync(CancellationToken cancellationToken)
    {
        SweepSnapshot snapshot = await LookAsync(cancellationToken);
        foreach (TrialSnapshot trial in snapshot.Trials) _sent[trial.Definition.Id] = trial.Version;
        _lastSummary = snapshot.Summary;
        await stream.WriteAsync(new V1.SweepEvent { Sweep = SweepMapping.ToProto(snapshot) }, cancellationToken);
        return snapshot.Summary.State;
    }

    private async Task<SweepState> SendChangesAsync(CancellationToken cancellationToken)
    {
        SweepSnapshot snapshot = await LookAsync(cancellationToken);
        foreach (TrialSnapshot trial in snapshot.Trials) await SendTrialAsync(trial, cancellationToken);
        return await SendSummaryAsync(snapshot.Summary, cancellationToken);
    }

    private async Task SendTrialAsync(TrialSnapshot trial, CancellationToken cancellationToken)
    {
        if (_sent.TryGetValue(trial.Definition.Id, out long version) && version >= trial.Version) return;
        _sent[trial.Definition.Id] = trial.Version;
        await stream.WriteAsync(new V1.SweepEvent { Trial = TrialMapping.ToProto(trial) }, cancellationToken);
    }

    private async Task<SweepState> SendSummaryAsync(SweepSummary summary, CancellationToken cancellationToken)
    {
        if (summary != _lastSummary)
            await stream.WriteAsync(new V1.SweepEvent { Summary = SweepMapping.ToProto(summary) }, cancellationToken);
        _lastSummary = summary;
        return summary.State;
    }

    private async Task<SweepSnapshot> LookAsync(CancellationToken cancellationToken) =>
        await _grain.GetAsync(cancellationToken) ?? throw RpcFaults.NotFound($"There is no sweep '{sweep}' any more.");
}
