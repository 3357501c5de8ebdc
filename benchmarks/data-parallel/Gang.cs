using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Granary.Benchmarks.Train;

namespace Granary.Benchmarks.Ranks;

/// <summary>The processes of one side, one per rank. They rest between two windows.</summary>
internal sealed class Gang : IAsyncDisposable
{
    private readonly IReadOnlyList<Process> _ranks;
    private readonly int _batch;
    private double _stepSeconds;

    private Gang(string name, int batch, IReadOnlyList<Process> ranks)
    {
        Name = name;
        (_batch, _ranks) = (batch, ranks);
    }

    /// <summary>For the table.</summary>
    public string Name { get; }

    /// <summary>Ranks of Granary.</summary>
    public static async Task<Gang> GranaryAsync(TrainCase @case, int ranks, bool sharedMemory)
    {
        string secret = Guid.NewGuid().ToString("N");
        List<Process> all = [];
        for (int rank = 0; rank < ranks; rank++)
        {
            Process process = Start(Environment.ProcessPath!, ["rank"]);
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new RankOrders(@case.Name, rank, ranks, sharedMemory, secret)));
            all.Add(process);
        }

        string lane = ranks == 1 ? "" : sharedMemory ? ", shared memory" : ", gRPC";
        var gang = new Gang($"Granary, {ranks} {(ranks == 1 ? "rank" : "ranks")}{lane}", @case.Batch, all);
        if (ranks > 1)
        {
            string endpoints = string.Join(' ', await Task.WhenAll(all.Select(ReadAsync)));
            foreach (Process process in all)
                await process.StandardInput.WriteLineAsync(endpoints);
        }

        return await gang.ReadyAsync();
    }

    /// <summary>Ranks of PyTorch's DistributedDataParallel over Gloo; one rank: plain PyTorch.</summary>
    public static Task<Gang> PyTorchAsync(TrainCase @case, int ranks, string python, int port)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "peer.py");
        List<Process> all = [];
        for (int rank = 0; rank < ranks; rank++)
        {
            int[] numbers = [@case.Batch, @case.Pictures, rank, ranks, port];
            all.Add(Start(python, [script, @case.Name, .. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))]));
        }

        return new Gang($"PyTorch, {ranks} {(ranks == 1 ? "rank" : "ranks, DDP over Gloo")}", @case.Batch, all).ReadyAsync();
    }

    /// <summary>Trains for about that long, in whole steps.</summary>
    /// <param name="seconds">Above 0.</param>
    public async Task<Window> RunAsync(double seconds)
    {
        int steps = _stepSeconds == 0 ? 3 : Math.Max(1, (int)Math.Round(seconds / _stepSeconds));
        foreach (Process rank in _ranks)
        {
            await rank.StandardInput.WriteLineAsync(steps.ToString(CultureInfo.InvariantCulture));
            await rank.StandardInput.FlushAsync();
        }

        double[][] answers = [.. (await Task.WhenAll(_ranks.Select(ReadAsync))).Select(line => JsonSerializer.Deserialize<double[]>(line)!)];
        double longest = answers.Max(answer => answer[0]);
        _stepSeconds = longest / steps;
        return new Window((double)steps * _batch * _ranks.Count, longest, answers.Sum(answer => answer[1]));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (Process rank in _ranks)
            rank.StandardInput.Close();
        foreach (Process rank in _ranks)
        {
            await rank.WaitForExitAsync();
            rank.Dispose();
        }
    }

    private async Task<Gang> ReadyAsync()
    {
        foreach (Process rank in _ranks)
        {
            string line = await ReadAsync(rank);
            if (line != "ready")
                throw new InvalidOperationException($"{Name}: expected 'ready', got '{line}'.");
        }

        return this;
    }

    private static Process Start(string program, IReadOnlyList<string> arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    private static async Task<string> ReadAsync(Process rank) =>
        await rank.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("A rank has ended; its message is above.");
}
