using System.Diagnostics;
using Granary.Trainer.Collectives;
using Granary.Trainer.Tools.Bench;

namespace Granary.Trainer.Tests.Collectives;

/// <summary>Real processes that do nothing but reduce, each pair of them with a network of its own.</summary>
internal sealed class RankGang : IAsyncDisposable
{
    private const int Small = 8 << 10;
    private const int Large = 64 << 20;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly List<Process> _ranks = [];
    private readonly RankNetwork _network = new();
    private CollectiveHost? _host;
    private SwitchedHosts? _hosts;

    private RankGang()
    {
    }

    /// <summary>The rank that this test is itself, see <see cref="StartAtBarrierAsync"/>; else null.</summary>
    public ICollective? Own { get; private set; }

    /// <summary>Returns while every rank is in the middle of large reductions, which go on for minutes.</summary>
    public static Task<RankGang> StartAsync(int ranks, string lane) => CreateAsync(async gang =>
    {
        await gang.JoinAsync(ranks, lane, [Small, .. Enumerable.Repeat(Large, 20)]);
        // The result of the small ones: the large ones have begun.
        await LineAsync(gang._ranks[0]);
    });

    /// <summary>
    /// Returns while every rank is in a barrier, where it waits for one rank more: the last one, which is this test's own and is in no
    /// collective, as a rank that computes.
    /// </summary>
    public static Task<RankGang> StartAtBarrierAsync(int ranks, string lane) => CreateAsync(async gang =>
    {
        var member = new RingMember("bench/0001", 1, ranks, ranks + 1, RingHarness.Secret);
        gang._host = await CollectiveHost.StartAsync(
            member, "127.0.0.1", RingHarness.Lanes(lane == BenchLane.SharedMemory), CancellationToken.None);
        await gang.JoinAsync(ranks, lane, [Small]);
        var values = new float[Small / sizeof(float)];
        // What a rank of a measurement does before its first barrier.
        for (var i = 0; i < 2; i++)
        {
            await gang.Own!.AllReduceAsync(values, ReduceKind.Average, RingHarness.Patience, CancellationToken.None);
        }

        await gang.RestAsync();
    });

    /// <summary>Each rank on a host of its own, measuring these sizes.</summary>
    public static Task<RankGang> StartAsync(SwitchedHosts hosts, int ranks, int[] sizes) => CreateAsync(async gang =>
    {
        gang._hosts = hosts;
        await gang.JoinAsync(ranks, BenchLane.Grpc, sizes);
    });

    /// <summary>The next line that a rank says.</summary>
    public Task<string> LineAsync(int rank) => LineAsync(_ranks[rank]);

    /// <summary>Loses a rank.</summary>
    public void Lose(int rank, Fault fault)
    {
        if (fault == Fault.Kill) _ranks[rank].Kill();
        else if (fault == Fault.Freeze) Signals.Stop(_ranks[rank]);
        else _network.Cut(rank);
    }

    /// <summary>A rank's exit code and what it said last.</summary>
    public async Task<(int Code, string Error)> EndAsync(int rank)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var error = await _ranks[rank].StandardError.ReadToEndAsync(deadline.Token);
        await _ranks[rank].WaitForExitAsync(deadline.Token);
        return (_ranks[rank].ExitCode, error.TrimEnd());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var rank in _ranks)
        {
            if (!rank.HasExited) rank.Kill();
            rank.Dispose();
        }

        if (Own is not null) await Own.DisposeAsync();
        if (_host is not null) await _host.DisposeAsync();
        _network.Dispose();
    }

    private static async Task<RankGang> CreateAsync(Func<RankGang, Task> start)
    {
        var gang = new RankGang();
        try
        {
            await start(gang);
            return gang;
        }
        catch
        {
            await gang.DisposeAsync();
            throw;
        }
    }

    private async Task JoinAsync(int ranks, string lane, int[] sizes)
    {
        var orders = new BenchOrders
        {
            Ranks = _host is null ? ranks : ranks + 1,
            Lane = lane,
            Wire = WireType.Float32,
            Secret = RingHarness.Secret,
            Sizes = sizes,
            Windows = 1,
        };
        for (var rank = 0; rank < ranks; rank++) _ranks.Add(Start(orders with { Rank = rank }));
        List<string> endpoints = [];
        foreach (var rank in _ranks) endpoints.Add(await LineAsync(rank));
        if (_host is not null) endpoints.Add(_host.Endpoint);
        for (var rank = 0; rank < ranks; rank++)
        {
            await _ranks[rank].StandardInput.WriteLineAsync(string.Join(' ', _hosts is null ? _network.Seen(rank, endpoints) : endpoints));
        }

        if (_host is not null) Own = await _host.JoinAsync([.. _network.Seen(ranks, endpoints)], TimeProvider.System, CancellationToken.None);
    }

    // A rank that waits for another has no thread that runs.
    private async Task RestAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!_ranks.All(rank => Signals.Sleeps(rank))) await Task.Delay(10, deadline.Token);
    }

    private Process Start(BenchOrders orders)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "granary-trainer");
        var start = _hosts?.On(orders.Rank, program, "bench", "rank") ?? new ProcessStartInfo(program, ["bench", "rank"]);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        var process = Process.Start(start)!;
        process.StandardInput.WriteLine((_hosts is null ? orders : orders with { Address = SwitchedHosts.Address(orders.Rank) }).ToJson());
        return process;
    }

    private static async Task<string> LineAsync(Process rank)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        return await rank.StandardOutput.ReadLineAsync(deadline.Token)
            ?? throw new InvalidOperationException(await rank.StandardError.ReadToEndAsync(deadline.Token));
    }
}
