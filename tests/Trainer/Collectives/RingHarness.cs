using Granary.Trainer.Collectives;

namespace Granary.Trainer.Tests.Collectives;

/// <summary>Rings over real sockets, all ranks in this process.</summary>
internal sealed class RingHarness : IAsyncDisposable
{
    public const string Secret = "the attempt's secret";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<CollectiveHost> _hosts = [];

    public IReadOnlyList<CollectiveHost> Hosts => _hosts;

    public List<ICollective> Ranks { get; } = [];

    public IReadOnlyList<string> Endpoints => [.. _hosts.Select(host => host.Endpoint)];

    /// <summary>Every lane through shared memory, or every lane a gRPC stream.</summary>
    public static RingOptions Lanes(bool sharedMemory) => new() { SharedMemoryFolder = sharedMemory ? SharedMemoryRegion.DefaultFolder : null };

    public static RingMember Member(int rank, int worldSize) => new("sweep/0001", 3, rank, worldSize, Secret);

    public static async Task<RingHarness> StartAsync(int worldSize, RingOptions? options = null)
    {
        var harness = new RingHarness();
        await harness.ServeAsync(worldSize, options ?? new RingOptions());
        await harness.JoinAsync();
        return harness;
    }

    public Task ServeAsync(int worldSize, RingOptions options) => ServeAsync([.. Enumerable.Repeat(options, worldSize)]);

    /// <summary>One rank for each of the options.</summary>
    public async Task ServeAsync(IReadOnlyList<RingOptions> options)
    {
        for (var rank = 0; rank < options.Count; rank++)
        {
            _hosts.Add(await CollectiveHost.StartAsync(Member(rank, options.Count), "127.0.0.1", options[rank], CancellationToken.None));
        }
    }

    public async Task JoinAsync() => Ranks.AddRange(await Task.WhenAll(
        _hosts.Select(host => host.JoinAsync(Endpoints, TimeProvider.System, CancellationToken.None))));

    /// <summary>Every rank does the same at once; bounded.</summary>
    public static Task AllAsync(IReadOnlyList<ICollective> ranks, Func<ICollective, Task> body) =>
        Task.WhenAll(ranks.Select(rank => Task.Run(() => body(rank)))).WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>A rank vanishes: its sockets close in the middle of whatever it does.</summary>
    public async Task LoseAsync(int rank)
    {
        var host = _hosts[rank];
        _hosts.RemoveAt(rank);
        await host.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Ranks.Select(rank => rank.DisposeAsync().AsTask()));
        await Task.WhenAll(_hosts.Select(host => host.DisposeAsync().AsTask()));
    }
}
