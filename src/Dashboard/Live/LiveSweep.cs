using System.Text.Json;
using System.Threading.Channels;
using Granary.Dashboard.Views;

namespace Granary.Dashboard.Live;

/// <summary>One sweep as it happens: its newest state, and the browsers that follow it. Thread-safe.</summary>
internal sealed class LiveSweep
{
    // A browser that is this many events behind is cut off; it reconnects and starts from a snapshot.
    private const int LongestQueue = 1_000;

    private readonly Lock _lock = new();
    private readonly HashSet<Channel<LiveMessage>> _followers = [];
    private readonly Dictionary<string, TrialView> _trials = [];
    private readonly Dictionary<string, PointView> _lastPoints = [];
    private readonly Dictionary<string, IReadOnlyList<LayerView>> _lastLayers = [];
    private SweepDetailView? _detail;
    private bool _ended;

    /// <summary>Every trial that runs now, with its newest measurements.</summary>
    public IReadOnlyList<LiveTrial> Running()
    {
        lock (_lock)
        {
            return [.. _trials.Values.Where(trial => trial.State is "running" or "checkpointing").Select(Live)];
        }
    }

    /// <summary>Starts to follow: what is known now comes first.</summary>
    public ChannelReader<LiveMessage> Follow()
    {
        Channel<LiveMessage> follower = Channel.CreateBounded<LiveMessage>(new BoundedChannelOptions(LongestQueue) { SingleReader = true });
        lock (_lock)
        {
            if (_detail is not null)
            {
                follower.Writer.TryWrite(Snapshot());
            }

            if (_ended)
            {
                follower.Writer.TryWrite(new LiveMessage("end", "{}"));
                follower.Writer.Complete();
            }
            else
            {
                _followers.Add(follower);
            }
        }

        return follower.Reader;
    }

    /// <summary>Stops following.</summary>
    public void Leave(ChannelReader<LiveMessage> reader)
    {
        lock (_lock)
        {
            _followers.RemoveWhere(follower => follower.Reader == reader);
        }
    }

    public void Take(SweepDetailView detail)
    {
        lock (_lock)
        {
            _detail = detail;
            foreach (TrialView trial in detail.Trials.Where(IsNews))
            {
                _trials[trial.Id] = trial;
            }

            Send(Snapshot());
        }
    }

    public void Take(SweepView summary)
    {
        lock (_lock)
        {
            _detail = _detail is null ? null : _detail with { Sweep = summary };
            Send(new LiveMessage("summary", JsonSerializer.Serialize(summary, ViewJson.Default.SweepView)));
        }
    }

    public void Take(TrialView trial)
    {
        lock (_lock)
        {
            if (!IsNews(trial))
            {
                return;
            }

            _trials[trial.Id] = trial;
            if (trial.Finished is not null)
            {
                _lastPoints.Remove(trial.Id);
                _lastLayers.Remove(trial.Id);
            }

            Send(new LiveMessage("trial", JsonSerializer.Serialize(trial, ViewJson.Default.TrialView)));
        }
    }

    public void Take(MetricsView metrics)
    {
        lock (_lock)
        {
            foreach (PointView point in metrics.Points)
            {
                _lastPoints[metrics.Trial] = point;
                if (point.Layers is { } layers)
                {
                    _lastLayers[metrics.Trial] = layers;
                }
            }

            Send(new LiveMessage("metrics", JsonSerializer.Serialize(metrics, ViewJson.Default.MetricsView)));
        }
    }

    /// <summary>The sweep has ended: nothing follows.</summary>
    public void End()
    {
        lock (_lock)
        {
            _ended = true;
            Send(new LiveMessage("end", "{}"));
            foreach (Channel<LiveMessage> follower in _followers)
            {
                follower.Writer.TryComplete();
            }

            _followers.Clear();
        }
    }

    private bool IsNews(TrialView trial) => !_trials.TryGetValue(trial.Id, out TrialView? known) || known.Version <= trial.Version;

    private LiveTrial Live(TrialView trial) => new(trial, _lastPoints.GetValueOrDefault(trial.Id), _lastLayers.GetValueOrDefault(trial.Id) ?? []);

    private LiveMessage Snapshot()
    {
        SweepDetailView detail = _detail! with { Trials = [.. _trials.Values.OrderBy(trial => trial.Number)] };
        return new LiveMessage("snapshot", JsonSerializer.Serialize(detail, ViewJson.Default.SweepDetailView));
    }

    private void Send(LiveMessage message)
    {
        _followers.RemoveWhere(follower =>
        {
            bool full = !follower.Writer.TryWrite(message);
            if (full)
            {
                follower.Writer.TryComplete();
            }

            return full;
        });
    }
}
