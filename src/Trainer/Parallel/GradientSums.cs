using System.Runtime.ExceptionServices;
using Granary.Trainer.Collectives;
using Granary.Trainer.Gpu;
using Granary.Trainer.Learning;
using static TorchSharp.torch;

namespace Granary.Trainer.Parallel;

/// <summary>
/// Sums a network's gradients over the ranks while backward still runs: each bucket leaves as soon as backward is through it, in the same
/// order on every rank.
/// </summary>
internal sealed class GradientSums : IDisposable
{
    private readonly ICollective _ring;
    private readonly TimeProvider _time;
    private readonly SumClock _clock;
    private readonly IReadOnlyList<GradientBucket> _buckets;
    private readonly List<Action> _unhook = [];
    private readonly List<Task> _sums = [];
    private readonly Lock _lock = new();
    private ExceptionDispatchInfo? _error;
    private TimeSpan _patience;
    private CancellationToken _cancellation;
    private volatile bool _open;
    private int _left;

    /// <summary>Hooks the network; backward tells from then on.</summary>
    /// <param name="ring">The ranks.</param>
    /// <param name="plans">The network's buckets, the same on every rank.</param>
    /// <param name="time">The clock.</param>
    /// <param name="lane">How gradients leave a GPU; null: there is none, or no way beside libtorch. Belongs to the caller.</param>
    public GradientSums(ICollective ring, IReadOnlyList<BucketPlan> plans, TimeProvider time, GpuLane? lane = null)
    {
        (_ring, _time, _clock) = (ring, time, new SumClock(time));
        _buckets = [.. plans.Select(plan => new GradientBucket(plan.Parameters, lane))];
        for (var i = 0; i < plans.Count; i++)
        {
            var upTo = i + 1;
            if (plans[i].First is not { } stage) continue;
            var hook = stage.Module.register_forward_pre_hook((_, input) => Watch(input, () => Leave(upTo)));
            _unhook.Add(hook.remove);
        }
    }

    /// <summary>A step begins; backward may run several times before its gradients are complete.</summary>
    /// <param name="patience">How long to wait for a silent but living rank.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public void Begin(TimeSpan patience, CancellationToken cancellationToken)
    {
        (_patience, _cancellation, _open, _left) = (patience, cancellationToken, false, 0);
        _sums.Clear();
        _clock.Begin();
    }

    /// <summary>The next backward is the step's last: buckets leave while it runs.</summary>
    public void Open() => _open = true;

    /// <summary>Sends what backward did not reach, and numbers that travel with the gradients.</summary>
    /// <param name="totals">Summed over the ranks, too.</param>
    /// <returns>Ends, with what the gradients' sums took, when every sum is there; then <see cref="Publish"/>.</returns>
    public async Task<SumTimes> CompleteAsync(Memory<float> totals)
    {
        var backwardEnded = _time.GetTimestamp();
        _open = true;
        Leave(_buckets.Count);
        _open = false;
        _error?.Throw();
        _sums.Add(_ring.AllReduceAsync(totals, ReduceKind.Sum, _patience, _cancellation));
        await Task.WhenAll(_sums);
        return _clock.Read(backwardEnded);
    }

    /// <summary>Makes the sums the parameters' gradients.</summary>
    public void Publish()
    {
        foreach (var bucket in _buckets) bucket.Publish();
    }

    /// <summary>
    /// Ends what is under way, on all ranks, when a step failed in its middle: sums are written into the buckets' memory until then. Call
    /// it on the training thread.
    /// </summary>
    public void Dispose()
    {
        foreach (var unhook in _unhook) unhook();
        if (_sums.Exists(sum => !sum.IsCompleted))
        {
            _ring.Abort($"its step ended before its gradients were complete; its own log says why ({_ring.Activity})");
            TrainingThread.Await(EndAsync);
        }

        foreach (var bucket in _buckets) bucket.Dispose();
    }

    // What went wrong with the step has been thrown already; that the sums ended with it is no news.
    private async Task EndAsync()
    {
        foreach (var sum in _sums) await sum.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static Tensor Watch(Tensor input, Action passed) => input.requires_grad ? GradientSignal.apply(input, passed) : input;

    // Backward calls this from a thread of its own on a GPU. An exception must not cross it: libtorch would wrap it beyond recognition.
    private void Leave(int upTo)
    {
        lock (_lock)
        {
            if (!_open || _error is not null) return;
            try
            {
                for (; _left < upTo; _left++)
                {
                    _buckets[_left].Fill();
                    var sum = _buckets[_left].SumAsync(_ring, _patience, _cancellation);
                    _sums.Add(_clock.WatchAsync(sum, _buckets[_left].Bytes));
                }
            }
            catch (Exception e)
            {
                _error = ExceptionDispatchInfo.Capture(e);
            }
        }
    }
}
