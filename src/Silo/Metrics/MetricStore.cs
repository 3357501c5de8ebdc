using System.Threading.Channels;
using Granary.Silo.Storage;
using Granary.Silo.Telemetry;
using Microsoft.Data.Sqlite;

namespace Granary.Silo.Metrics;

/// <summary>
/// Step metrics and layer statistics of every trial, in a SQLite file beside the grains' states. Writes go through a bounded queue
/// and are stored in groups; a full queue slows its writers down. Thread-safe.
/// </summary>
internal sealed partial class MetricStore : IAsyncDisposable
{
    // A worker's batch has 512 KiB at most.
    private const int Capacity = 256;
    private const int LargestGroup = 128;

    private readonly Channel<Item> _queue = Channel.CreateBounded<Item>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly SqliteFile _file;
    private readonly MetricTable _table;
    private readonly SiloInstruments _instruments;
    private readonly ILogger<MetricStore> _logger;
    private readonly Task _loop;

    /// <param name="path">The file; made when it is not there.</param>
    /// <param name="maxSteps">Steps kept per trial before every second one is dropped.</param>
    /// <param name="instruments">Is told of what is stored and lost.</param>
    /// <param name="logger">Is told why something was lost.</param>
    /// <exception cref="StateFileException">The file cannot be used.</exception>
    public MetricStore(string path, int maxSteps, SiloInstruments instruments, ILogger<MetricStore> logger)
    {
        _file = new SqliteFile(path, MetricTable.Schema);
        _table = new MetricTable(_file.OpenWriter(), maxSteps);
        _instruments = instruments;
        _logger = logger;
        _loop = Task.Run(StoreAllAsync);
    }

    /// <summary>Batches that wait to be stored.</summary>
    public int Queued => _queue.Reader.Count;

    /// <summary>Queues a batch; waits while the queue is full.</summary>
    public ValueTask PostAsync(MetricBatch batch, CancellationToken cancellationToken) =>
        _queue.Writer.WriteAsync(new Item(batch, null), cancellationToken);

    /// <summary>Waits until everything posted before is stored or given up.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync(new Item(null, reached), cancellationToken);
        await reached.Task.WaitAsync(cancellationToken);
    }

    /// <summary>What was measured, in order of step.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="points">Rows with values at most, and as many with layers; at least 2.</param>
    /// <param name="layers">Read the layers' statistics too.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<IReadOnlyList<V1.StepMetrics>> ReadAsync(TrialId trial, int points, bool layers, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.Read(trial, points, layers), cancellationToken);

    /// <summary>How a layer's outputs were spread, in order of step.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="layer">The layer's name.</param>
    /// <param name="points">Steps at most, at least 2.</param>
    /// <param name="after">Only what was measured after this step.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<IReadOnlyList<V1.LayerSpread>> ReadLayerAsync(
        TrialId trial, string layer, int points, long after, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.ReadLayer(trial, layer, points, after), cancellationToken);

    /// <summary>The layers that a trial has histograms of, in no order.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<IReadOnlyList<string>> LayersAsync(TrialId trial, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.LayersOf(trial), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        _table.Dispose();
        _file.Dispose();
    }

    private Task<T> ReadAsync<T>(Func<MetricReader, T> read, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using SqliteConnection connection = _file.OpenReader();
            return read(new MetricReader(connection, cancellationToken));
        },
        cancellationToken);

    private async Task StoreAllAsync()
    {
        var group = new List<Item>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (group.Count < LargestGroup && _queue.Reader.TryRead(out Item item)) group.Add(item);
            Store([.. group.Select(item => item.Batch).OfType<MetricBatch>()]);
            foreach (Item item in group) item.Reached?.SetResult();
            group.Clear();
        }
    }

    private void Store(IReadOnlyList<MetricBatch> batches)
    {
        int steps = batches.Sum(batch => batch.Steps.Count);
        if (steps == 0) return;
        try
        {
            int stored = _table.Commit(batches);
            _instruments.StepsStored(stored);
            _instruments.StepsLost(steps - stored);
        }
        catch (Exception error)
        {
            // Losing steps loses resolution, never a result: the runs go on.
            _instruments.StepsLost(steps);
            LogLost(steps, _file.Path, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Steps} measured steps are lost: {File} could not be written. The runs go on.")]
    private partial void LogLost(int steps, string file, Exception error);

    private readonly record struct Item(MetricBatch? Batch, TaskCompletionSource? Reached);
}
