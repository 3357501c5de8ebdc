namespace Granary.Trainer.Data;

/// <summary>
/// Which examples make up which batch, for one rank of several. All ranks cut the same order into the same global batches; rank r takes
/// the r-th contiguous slice of each, and slices differ by one example at most. Nothing is dropped: the last batch may be short, and
/// with fewer examples than ranks some slices are empty. A rank weighs its mean gradient by slice / batch before the ranks are summed,
/// which gives exactly the mean over the global batch.
/// </summary>
/// <param name="Order">Every example once.</param>
/// <param name="BatchSize">Examples per batch over all ranks, at least 1.</param>
/// <param name="Rank">This rank, from 0.</param>
/// <param name="WorldSize">Ranks, at least 1.</param>
internal sealed record BatchPlan(IReadOnlyList<int> Order, int BatchSize, int Rank, int WorldSize)
{
    /// <summary>Batches, the short last one counted.</summary>
    public int Batches => (Order.Count + BatchSize - 1) / BatchSize;

    /// <summary>Examples of a batch over all ranks.</summary>
    /// <param name="batch">The batch, from 0.</param>
    public int GlobalSize(int batch) => Math.Min(BatchSize, Order.Count - (batch * BatchSize));

    /// <summary>Examples of several successive batches over all ranks.</summary>
    /// <param name="from">The first.</param>
    /// <param name="to">The one after the last.</param>
    public int GlobalSize(int from, int to) => Math.Min(to * BatchSize, Order.Count) - (from * BatchSize);

    /// <summary>This rank's examples of a batch.</summary>
    /// <param name="batch">The batch, from 0.</param>
    public int[] Slice(int batch)
    {
        int start = batch * BatchSize;
        long size = GlobalSize(batch);
        int from = start + (int)(size * Rank / WorldSize);
        int to = start + (int)(size * (Rank + 1) / WorldSize);
        int[] slice = new int[to - from];
        for (int i = 0; i < slice.Length; i++)
            slice[i] = Order[from + i];
        return slice;
    }
}
