using System.Runtime.ExceptionServices;

namespace Granary.Trainer.Data;

/// <summary>
/// Batches in the making, oldest first, at most <see cref="Ahead"/> of them. Reading threads claim ranges of examples in order, so which
/// thread reads what changes nothing but the time. An error belongs to its example: the taker gets the first one of the first batch that
/// has any, whatever the threads did meanwhile. All state is under one lock; examples are read outside of it.
/// </summary>
internal sealed class BatchQueue : IDisposable
{
    // Batches that may be ready or in the making besides the one that was taken last.
    private const int Ahead = 2;

    private readonly IImageSource _source;
    private readonly BatchPlan _plan;
    private readonly int _threads;
    private readonly object _lock = new();
    private readonly Queue<Making> _open = new();
    private Making? _newest;
    private int _next;
    private bool _failed;
    private bool _stopped;

    /// <summary>A queue that nothing has been read for.</summary>
    /// <param name="source">The pictures.</param>
    /// <param name="plan">Which examples make up which batch.</param>
    /// <param name="first">The batch to begin with, from 0.</param>
    /// <param name="threads">Threads that will call <see cref="Fill"/>.</param>
    public BatchQueue(IImageSource source, BatchPlan plan, int first, int threads)
    {
        _source = source;
        _plan = plan;
        _threads = threads;
        _next = first;
    }

    /// <summary>Reads examples until there are no more, or until <see cref="Stop"/>: the work of one reading thread.</summary>
    public void Fill()
    {
        while (Claim() is { } claim)
        {
            ExceptionDispatchInfo? error = null;
            try
            {
                claim.Making.Batch.Fill(claim.From, claim.To);
            }
            catch (Exception exception)
            {
                error = ExceptionDispatchInfo.Capture(exception);
            }

            Complete(claim, error);
        }
    }

    /// <summary>The next batch, which is then the caller's to dispose; null after the last.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public HostBatch? Take(CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration wake = cancellationToken.UnsafeRegister(static queue => ((BatchQueue)queue!).Wake(), this);
        lock (_lock)
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_open.TryPeek(out Making? oldest) && oldest.Missing == 0)
                {
                    oldest.Error?.Throw();
                    _open.Dequeue();
                    Monitor.PulseAll(_lock);
                    return oldest.Batch;
                }

                if (_open.Count == 0 && _next >= _plan.Batches)
                    return null;
                Monitor.Wait(_lock);
            }
        }
    }

    /// <summary>Ends <see cref="Fill"/> after the example that each thread is at.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _stopped = true;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Gives back what was not taken; only after the reading threads have ended.</summary>
    public void Dispose()
    {
        foreach (Making making in _open)
            making.Batch.Dispose();
        _open.Clear();
    }

    private void Wake()
    {
        lock (_lock)
            Monitor.PulseAll(_lock);
    }

    private Range? Claim()
    {
        lock (_lock)
        {
            while (!_stopped)
            {
                if (_newest is { } making && making.Claimed < making.Batch.Count)
                    return making.Claim(Share(making.Batch.Count));
                if (_failed || _next >= _plan.Batches)
                    return null;
                if (_open.Count < Ahead)
                    Open();
                else
                    Monitor.Wait(_lock);
            }

            return null;
        }
    }

    private void Open()
    {
        _newest = new Making(new HostBatch(_source, _plan.Slice(_next), _next, _plan.GlobalSize(_next)));
        _next++;
        _open.Enqueue(_newest);
        if (_newest.Missing == 0)
            Monitor.PulseAll(_lock);
    }

    // Small enough that all threads end a batch at about the same time.
    private int Share(int count) => _threads == 1 ? count : Math.Max(1, count / (_threads * 8));

    private void Complete(Range range, ExceptionDispatchInfo? error)
    {
        lock (_lock)
        {
            range.Making.Missing -= range.To - range.From;
            if (error is not null)
            {
                range.Making.Fail(range.From, error);
                _failed = true;
            }

            if (range.Making.Missing == 0)
                Monitor.PulseAll(_lock);
        }
    }

    private readonly record struct Range(Making Making, int From, int To);

    private sealed class Making(HostBatch batch)
    {
        private int _failedAt = int.MaxValue;

        public HostBatch Batch { get; } = batch;

        public int Claimed { get; private set; }

        public int Missing { get; set; } = batch.Count;

        public ExceptionDispatchInfo? Error { get; private set; }

        public Range Claim(int count)
        {
            int from = Claimed;
            Claimed = Math.Min(Batch.Count, from + count);
            return new Range(this, from, Claimed);
        }

        public void Fail(int from, ExceptionDispatchInfo error)
        {
            if (from < _failedAt)
                (_failedAt, Error) = (from, error);
        }
    }
}
