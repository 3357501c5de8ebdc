using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Granary.Benchmarks.AllReduce;

/// <summary>The processes of one side: they rest while others are measured.</summary>
internal sealed class Gang : IDisposable
{
    private readonly List<Process> _ranks = [];

    /// <summary>Starts them.</summary>
    /// <param name="ranks">How many.</param>
    /// <param name="program">What runs.</param>
    /// <param name="arguments">The arguments of a rank.</param>
    public Gang(int ranks, string program, Func<int, string[]> arguments)
    {
        for (int rank = 0; rank < ranks; rank++)
            _ranks.Add(Process.Start(Quiet(program, arguments(rank)))!);
    }

    /// <summary>A line of each, in order of rank.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync()
    {
        List<string> lines = [];
        foreach (Process rank in _ranks)
        {
            string? line = await rank.StandardOutput.ReadLineAsync();
            lines.Add(line ?? throw new InvalidOperationException("A rank has ended; its message is above."));
        }

        return lines;
    }

    /// <summary>A line to each.</summary>
    /// <param name="line">The line of a rank.</param>
    public async Task WriteAsync(Func<int, string> line)
    {
        for (int rank = 0; rank < _ranks.Count; rank++)
        {
            await _ranks[rank].StandardInput.WriteLineAsync(line(rank));
            await _ranks[rank].StandardInput.FlushAsync();
        }
    }

    /// <summary>Sums tensors of ones, one after the other.</summary>
    /// <param name="bytes">Of each.</param>
    /// <param name="repeats">How many.</param>
    public async Task<Cost> RunAsync(int bytes, int repeats)
    {
        await WriteAsync(_ => string.Create(CultureInfo.InvariantCulture, $"{bytes} {repeats}"));
        double[][] answers = [.. (await ReadAsync()).Select(line => JsonSerializer.Deserialize<double[]>(line)!)];
        return new Cost(answers.Max(answer => answer[0]), answers.Sum(answer => answer[1]));
    }

    private static ProcessStartInfo Quiet(string program, string[] arguments) =>
        new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Process rank in _ranks)
        {
            rank.Kill();
            rank.Dispose();
        }
    }
}
