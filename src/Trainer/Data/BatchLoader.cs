namespace Granary.Trainer.Data;

/// <summary>Prepares batches on threads of its own, ahead of the one being trained on. Those threads touch no tensor.</summary>
internal static class BatchLoader
{
    private const int MostThreads = 16;

    // One core is left to the thread that feeds the device; ProcessorCount follows the cores that the worker is bound to.
    private static readonly int ThreadsForCostly = Math.Clamp(Environment.ProcessorCount - 1, 1, MostThreads);

    /// <summary>The batches of a plan, in order; the threads end with the enumeration. Dispose each batch when it has been used.</summary>
    /// <param name="source">The pictures.</param>
    /// <param name="plan">Which examples make up which batch.</param>
    /// <param name="first">The batch to begin with, from 0; the plan's number of batches gives none.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    public static IEnumerable<HostBatch> Read(IImageSource source, BatchPlan plan, int first, CancellationToken cancellationToken) =>
        Read(source, plan, first, source.IsCostly ? ThreadsForCostly : 1, cancellationToken);

    /// <summary>The same on a number of threads; order and content do not depend on it.</summary>
    /// <param name="source">The pictures.</param>
    /// <param name="plan">Which examples make up which batch.</param>
    /// <param name="first">The batch to begin with, from 0; the plan's number of batches gives none.</param>
    /// <param name="threads">Threads that read, at least 1.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    public static IEnumerable<HostBatch> Read(
        IImageSource source, BatchPlan plan, int first, int threads, CancellationToken cancellationToken)
    {
        using var queue = new BatchQueue(source, plan, first, threads);
        Thread[] readers = [.. Enumerable.Range(0, threads).Select(i => new Thread(queue.Fill) { Name = $"batches {i}", IsBackground = true })];
        foreach (Thread reader in readers)
            reader.Start();
        try
        {
            while (queue.Take(cancellationToken) is { } batch)
                yield return batch;
        }
        finally
        {
            queue.Stop();
            foreach (Thread reader in readers)
                reader.Join();
        }
    }
}
