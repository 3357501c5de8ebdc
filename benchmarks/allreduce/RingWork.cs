using Granary.Trainer.Collectives;

namespace Granary.Benchmarks.AllReduce;

/// <summary>All-reduce as the trainer does it.</summary>
internal sealed class RingWork : IWork
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly CollectiveHost _host;
    private ICollective? _ring;
    private float[] _values = [];

    private RingWork(CollectiveHost host) => _host = host;

    /// <inheritdoc/>
    public string Endpoint => _host.Endpoint;

    public static async Task<IWork> StartAsync(string side, int rank, int ranks)
    {
        var member = new RingMember("benchmark/0001", 1, rank, ranks, "benchmark");
        var options = new RingOptions
        {
            SharedMemoryFolder = side == "shared-memory" ? SharedMemoryRegion.DefaultFolder : null,
            Wire = side == "grpc-bf16" ? WireType.BFloat16 : WireType.Float32,
        };
        return new RingWork(await CollectiveHost.StartAsync(member, "127.0.0.1", options, CancellationToken.None));
    }

    /// <inheritdoc/>
    public async Task JoinAsync(string[] endpoints) => _ring = await _host.JoinAsync(endpoints, TimeProvider.System, CancellationToken.None);

    /// <inheritdoc/>
    public async Task PrepareAsync(int bytes)
    {
        if (_values.Length != bytes / sizeof(float))
            _values = GC.AllocateUninitializedArray<float>(bytes / sizeof(float), pinned: true);
        Array.Fill(_values, 1);
        await RunAsync();
        await _ring!.BarrierAsync(Patience, CancellationToken.None);
    }

    /// <inheritdoc/>
    public Task RunAsync() => _ring!.AllReduceAsync(_values, ReduceKind.Average, Patience, CancellationToken.None);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_ring is not null)
            await _ring.DisposeAsync();
        await _host.DisposeAsync();
    }
}
