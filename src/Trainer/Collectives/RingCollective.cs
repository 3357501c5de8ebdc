using System.Collections.Concurrent;

namespace Granary.Trainer.Collectives;

/// <summary>Carries the collectives of one rank out, in the order of the calls, on a thread of its own: the training thread goes on meanwhile.</summary>
internal sealed class RingCollective : ICollective
{
    private readonly RingMember _member;
    private readonly RingLanes _lanes;
    private readonly RingHealth _health;
    private readonly RingSchedule _schedule;
    private readonly BlockingCollection<Call> _calls = [];
    private readonly Thread _thread;
    private int _closed;
    private int _underWay;
    private int _count;

    /// <summary>Starts the thread.</summary>
    /// <param name="member">This rank.</param>
    /// <param name="lanes">Its lanes; given back with it.</param>
    /// <param name="health">Whether the ring holds.</param>
    /// <param name="options">Sizes and deadlines.</param>
    public RingCollective(RingMember member, RingLanes lanes, RingHealth health, RingOptions options)
    {
        (_member, _lanes, _health) = (member, lanes, health);
        _schedule = new RingSchedule(member, lanes, health, options);
        _thread = new Thread(Run) { Name = $"collectives of rank {member.Rank}", IsBackground = true };
        _thread.Start();
    }

    /// <inheritdoc/>
    public int Rank => _member.Rank;

    /// <inheritdoc/>
    public int WorldSize => _member.WorldSize;

    /// <inheritdoc/>
    public string Activity
    {
        get => _health.Activity;
        set
        {
            _health.Activity = value;
            Volatile.Write(ref _count, 0);
        }
    }

    /// <inheritdoc/>
    public CollectiveException? Failure => _health.Reason is { } reason ? new CollectiveException(reason) : null;

    /// <inheritdoc/>
    public CancellationToken Broken => _health.Broken;

    /// <inheritdoc/>
    public Task AllReduceAsync(Memory<float> values, ReduceKind kind, TimeSpan patience, CancellationToken cancellationToken) =>
        Add(
            "all-reduce",
            values.Length * (long)sizeof(float),
            wait => _schedule.AllReduce(values.Span, kind, wait),
            patience,
            cancellationToken);

    /// <inheritdoc/>
    public Task AllReduceAsync(IDeviceValues values, TimeSpan patience, CancellationToken cancellationToken) =>
        Add(
            "all-reduce",
            values.Bytes,
            wait => values.Sum(host => _schedule.AllReduce(host.Span, ReduceKind.Sum, wait), wait),
            patience,
            cancellationToken);

    /// <inheritdoc/>
    public Task AllGatherAsync(ReadOnlyMemory<byte> own, Memory<byte> all, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (all.Length != own.Length * (long)WorldSize)
        {
            throw new ArgumentException($"{WorldSize} times {own.Length} bytes do not make {all.Length}.", nameof(all));
        }

        return Add("all-gather", all.Length, wait => _schedule.AllGather(own.Span, all.Span, wait), patience, cancellationToken);
    }

    /// <inheritdoc/>
    public Task BroadcastAsync(Memory<byte> bytes, TimeSpan patience, CancellationToken cancellationToken) =>
        Add("broadcast", bytes.Length, wait => _schedule.Broadcast(bytes.Span, wait), patience, cancellationToken);

    /// <inheritdoc/>
    public Task BarrierAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        Add("barrier", 0, _schedule.Barrier, patience, cancellationToken);

    /// <inheritdoc/>
    public void Abort(string reason) => _health.Fail($"{_health.NameOf(Rank)} gave up: {reason}");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!Close()) return;
        foreach (var lane in _lanes.To) await lane.DisposeAsync();
        foreach (var lane in _lanes.From) await lane.DisposeAsync();
    }

    /// <summary>
    /// Takes no further call, ends those that are under way, and waits for the thread: nothing touches the lanes any more after that.
    /// </summary>
    /// <returns>False when it was closed before.</returns>
    public bool Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0) return false;
        _calls.CompleteAdding();
        if (Volatile.Read(ref _underWay) > 0) Abort($"it left in the middle of a collective{_health.During}");
        _thread.Join();
        return true;
    }

    private Task Add(string what, long bytes, Action<LaneWait> body, TimeSpan patience, CancellationToken cancellationToken)
    {
        _health.ThrowIfBroken();
        var call = new Call(what, Interlocked.Increment(ref _count), bytes, body, new LaneWait(patience, cancellationToken));
        Interlocked.Increment(ref _underWay);
        _calls.Add(call, CancellationToken.None);
        return call.Ended;
    }

    private void Run()
    {
        foreach (var call in _calls.GetConsumingEnumerable()) Carry(call);
    }

    private void Carry(Call call)
    {
        Exception? failure = null;
        try
        {
            _health.ThrowIfBroken();
            _health.Call = call;
            call.Body(call.Wait);
            _health.Call = null;
        }
        catch (OperationCanceledException e)
        {
            // The others wait for chunks that will not come.
            Abort($"a collective was cancelled{_health.During}");
            failure = e;
        }
        catch (CollectiveException e)
        {
            failure = e;
        }
        catch (Exception e)
        {
            // A collective that stopped in its middle leaves the lanes between two chunks that nobody expects.
            Abort(e.Message);
            failure = e;
        }

        // Before the caller hears of the end: it may close the ring at once, and must not find this call under way then.
        Interlocked.Decrement(ref _underWay);
        call.End(failure);
    }

    // The number counts since the activity was named: of a step's all-reduces it is the bucket's.
    private sealed record Call(string What, int Number, long Bytes, Action<LaneWait> Body, LaneWait Wait)
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Ended => _ended.Task;

        public override string ToString() => FormattableString.Invariant($"{What} {Number}, {Bytes} bytes");

        public void End(Exception? failure)
        {
            if (failure is null) _ended.SetResult();
            else if (failure is OperationCanceledException cancelled) _ended.SetCanceled(cancelled.CancellationToken);
            else _ended.SetException(failure);
        }
    }
}
