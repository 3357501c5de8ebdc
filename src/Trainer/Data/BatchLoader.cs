using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Granary.Trainer.Data;

/// <summary>Prepares batches on a thread of its own, one ahead of the one being trained on. That thread touches no tensor.</summary>
internal static class BatchLoader
{
    /// <summary>The batches of a plan, in order; the thread ends with the enumeration. Dispose each batch when it has been used.</summary>
    /// <param name="source">The pictures; read by no one else meanwhile.</param>
    /// <param name="plan">Which examples make up which batch.</param>
    /// <param name="first">The batch to begin with, from 0; the plan's number of batches gives none.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    public static IEnumerable<HostBatch> Read(IImageSource source, BatchPlan plan, int first, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var ready = new BlockingCollection<HostBatch>(boundedCapacity: 1);
        var producer = new Producer(source, plan, ready, stop.Token);
        var thread = new Thread(() => producer.Run(first)) { Name = "batches", IsBackground = true };
        thread.Start();
        try
        {
            foreach (HostBatch batch in ready.GetConsumingEnumerable(cancellationToken))
                yield return batch;
            producer.Error?.Throw();
        }
        finally
        {
            stop.Cancel();
            thread.Join();
            while (ready.TryTake(out HostBatch? unused))
                unused.Dispose();
        }
    }

    private sealed class Producer(IImageSource source, BatchPlan plan, BlockingCollection<HostBatch> ready, CancellationToken stop)
    {
        // Written before CompleteAdding, read after the enumeration has seen it: no lock needed.
        public ExceptionDispatchInfo? Error { get; private set; }

        public void Run(int first)
        {
            try
            {
                for (int index = first; index < plan.Batches; index++)
                    Hand(new HostBatch(source, plan.Slice(index), index, plan.GlobalSize(index)));
            }
            catch (OperationCanceledException)
            {
                // The reader has left.
            }
            catch (Exception exception)
            {
                Error = ExceptionDispatchInfo.Capture(exception);
            }
            finally
            {
                ready.CompleteAdding();
            }
        }

        private void Hand(HostBatch batch)
        {
            try
            {
                ready.Add(batch, stop);
            }
            catch
            {
                batch.Dispose();
                throw;
            }
        }
    }
}
