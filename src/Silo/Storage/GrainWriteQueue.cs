using System.Threading.Channels;
using Granary.Silo.Telemetry;

namespace Granary.Silo.Storage;

/// <summary>
/// The one writer of grain states. Writes that arrive while the disk is busy go into the next transaction together, so that
/// many grains share one wait for the disk. The queue is bounded: when it is full, writers wait.
/// </summary>
internal sealed class GrainWriteQueue : IAsyncDisposable
{
    private const int Capacity = 4_096;
    private const int LargestGroup = 512;

    private readonly Channel<GrainWrite> _queue =
        Channel.CreateBounded<GrainWrite>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    private readonly GrainTable _table;
    private readonly SiloInstruments _instruments;
    private readonly Task _loop;

    /// <param name="table">Owned by this object from now on.</param>
    /// <param name="instruments">Is told of each group.</param>
    public GrainWriteQueue(GrainTable table, SiloInstruments instruments)
    {
        _table = table;
        _instruments = instruments;
        _loop = Task.Run(WriteAllAsync);
    }

    /// <summary>Queues <paramref name="write"/> and waits until it is on the disk.</summary>
    /// <exception cref="ObjectDisposedException">The silo stops.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The disk refused the whole group; nothing of it is stored.</exception>
    public async Task<GrainWriteOutcome> WriteAsync(GrainWrite write)
    {
        try
        {
            await _queue.Writer.WriteAsync(write);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(GrainWriteQueue), $"The silo stops: {write.GrainId} is not written.");
        }

        return await write.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        _table.Dispose();
    }

    private async Task WriteAllAsync()
    {
        var group = new List<GrainWrite>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (group.Count < LargestGroup && _queue.Reader.TryRead(out GrainWrite? write)) group.Add(write);
            Commit(group);
            group.Clear();
        }
    }

    private void Commit(List<GrainWrite> group)
    {
        long began = _instruments.Now;
        try
        {
            IReadOnlyList<GrainWriteOutcome> outcomes = _table.Commit(group);
            for (int i = 0; i < group.Count; i++) group[i].Done.SetResult(outcomes[i]);
            _instruments.GrainsWritten(group.Count, outcomes.Count(outcome => !outcome.Written), began);
        }
        catch (Exception error)
        {
            // Whatever the disk says is the writers' to hear; the queue goes on with the next group.
            foreach (GrainWrite write in group) write.Done.TrySetException(error);
            _instruments.GrainWritesFailed(group.Count);
        }
    }
}
