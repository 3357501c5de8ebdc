using System.Diagnostics;
using Granary.Trainer.Collectives;
using Granary.Trainer.Tools.Bench;

namespace Granary.Trainer.Tests.Collectives;

/// <summary>Real processes that do nothing but reduce, each pair of them with a network of its own.</summary>
internal sealed class RankGang : IDisposable
{
    private const int Small = 8 << 10;
    private const int Large = 64 << 20;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly List<Process> _ranks = [];
    private readonly Dictionary<(int From, int To), Relay> _relays = [];

    /// <summary>Returns while every rank is in the middle of large reductions, which go on for minutes.</summary>
    public static async Task<RankGang> StartAsync(int ranks, string lane)
    {
        var gang = new RankGang();
        int[] sizes = [Small, .. Enumerable.Repeat(Large, 20)];
        var orders = new BenchOrders
        {
            Ranks = ranks,
            Lane = lane,
            Wire = WireType.Float32,
            Secret = RingHarness.Secret,
            Sizes = sizes,
            Windows = 1,
        };
        for (var rank = 0; rank < ranks; rank++) gang._ranks.Add(Start(orders with { Rank = rank }));
        List<string> endpoints = [];
        foreach (var rank in gang._ranks) endpoints.Add(await LineAsync(rank));
        for (var rank = 0; rank < ranks; rank++)
        {
            var from = rank;
            var seen = endpoints.Select(
                (endpoint, to) => to == from ? endpoint : (gang._relays[(from, to)] = new Relay(endpoint)).Endpoint);
            await gang._ranks[rank].StandardInput.WriteLineAsync(string.Join(' ', seen));
        }

        // The result of the small ones: the large ones have begun.
        await LineAsync(gang._ranks[0]);
        return gang;
    }

    /// <summary>Loses a rank.</summary>
    public void Lose(int rank, Fault fault)
    {
        if (fault == Fault.Kill) _ranks[rank].Kill();
        else if (fault == Fault.Freeze) Signals.Stop(_ranks[rank]);
        else foreach (var ((from, to), relay) in _relays) if (from == rank || to == rank) relay.Cut();
    }

    /// <summary>A rank's exit code and what it said last.</summary>
    public async Task<(int Code, string Error)> EndAsync(int rank)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var error = await _ranks[rank].StandardError.ReadToEndAsync(deadline.Token);
        await _ranks[rank].WaitForExitAsync(deadline.Token);
        return (_ranks[rank].ExitCode, error.TrimEnd());
    }

    public void Dispose()
    {
        foreach (var rank in _ranks)
        {
            if (!rank.HasExited) rank.Kill();
            rank.Dispose();
        }

        foreach (var relay in _relays.Values) relay.Dispose();
    }

    private static Process Start(BenchOrders orders)
    {
        var process = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "granary-trainer"), ["bench", "rank"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.WriteLine(orders.ToJson());
        return process;
    }

    private static async Task<string> LineAsync(Process rank)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        return await rank.StandardOutput.ReadLineAsync(deadline.Token)
            ?? throw new InvalidOperationException(await rank.StandardError.ReadToEndAsync(deadline.Token));
    }
}
