using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Granary.Trainer.Tools.Bench;

/// <summary>The processes of one measurement; they end with it.</summary>
/// <param name="orders">What they measure.</param>
internal sealed class BenchGang(BenchOrders orders) : IDisposable
{
    private readonly List<Process> _ranks = [];

    /// <summary>Starts the ranks and hands out rank 0's results as they come.</summary>
    /// <param name="cancellationToken">Ends the measurement.</param>
    /// <exception cref="ToolException">A rank failed; its own words are on standard error.</exception>
    public async IAsyncEnumerable<BenchResult> MeasureAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        for (int rank = 0; rank < orders.Ranks; rank++)
            _ranks.Add(Start(orders with { Rank = rank, Secret = secret }));
        List<string> endpoints = [];
        foreach (Process rank in _ranks)
            endpoints.Add(await LineAsync(rank, cancellationToken) ?? throw Failed());
        foreach (Process rank in _ranks)
            await rank.StandardInput.WriteLineAsync(string.Join(' ', endpoints));
        foreach (int _ in orders.Sizes)
        {
            string line = await LineAsync(_ranks[0], cancellationToken) ?? throw Failed();
            yield return BenchResult.FromJson(line) ?? throw Failed();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Process rank in _ranks)
        {
            if (!rank.HasExited)
                rank.Kill();
            rank.Dispose();
        }
    }

    private static Process Start(BenchOrders orders)
    {
        string program = Environment.ProcessPath ?? throw new ToolException("The path of this program is unknown.", ToolExit.Failed);
        var start = new ProcessStartInfo(program, ["bench", "rank"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        Process process = Process.Start(start) ?? throw new ToolException($"{program} does not start.", ToolExit.Failed);
        process.StandardInput.WriteLine(orders.ToJson());
        return process;
    }

    private static async Task<string?> LineAsync(Process rank, CancellationToken cancellationToken) =>
        await rank.StandardOutput.ReadLineAsync(cancellationToken);

    private static ToolException Failed() => new("A rank ended before it was done; the lines above say why.", ToolExit.Failed);
}
