using System.Globalization;
using System.Text.Json;
using Granary.Benchmarks.Train;
using Granary.Trainer.Collectives;
using Granary.Trainer.Learning;

namespace Granary.Benchmarks.Ranks;

/// <summary>
/// One rank of Granary: says where it listens, is told where the others do, says it is ready, then trains as many steps as each line asks for
/// and answers <c>[seconds, CPU seconds]</c>.
/// </summary>
internal static class RankProcess
{
    /// <summary>Runs it until standard input ends.</summary>
    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        // Reading standard input blocks a thread of the pool, which the lanes need too.
        ThreadPool.SetMinThreads(8, 8);
        RankOrders orders = JsonSerializer.Deserialize<RankOrders>(await ReadAsync(cancellationToken))!;
        if (orders.Ranks == 1)
        {
            Console.WriteLine("ready");
            await TrainAsync(orders, ring: null, cancellationToken);
            return 0;
        }

        var member = new RingMember("benchmark/0001", 1, orders.Rank, orders.Ranks, orders.Secret);
        var options = new RingOptions { SharedMemoryFolder = orders.SharedMemory ? SharedMemoryRegion.DefaultFolder : null };
        await using CollectiveHost host = await CollectiveHost.StartAsync(member, "127.0.0.1", options, cancellationToken);
        Console.WriteLine(host.Endpoint);
        string[] endpoints = (await ReadAsync(cancellationToken)).Split(' ');
        await using ICollective ring = await host.JoinAsync(endpoints, TimeProvider.System, cancellationToken);
        if (host.UsesSharedMemory != orders.SharedMemory)
            throw new InvalidOperationException("The ranks do not reach each other through shared memory.");
        Console.WriteLine("ready");
        await TrainAsync(orders, ring, cancellationToken);
        return 0;
    }

    private static async Task TrainAsync(RankOrders orders, ICollective? ring, CancellationToken cancellationToken)
    {
        var stop = new StopVote();
        using var gate = new StepGate(stop);
        Task<bool> loop = TrainingThread.RunAsync("training", () =>
        {
            new TrainingLoop(TrainCase.All.Single(one => one.Name == orders.Case), Threads: 1) { Gate = gate, Stop = stop, Ring = ring }.Run();
            return true;
        });
        while (await Console.In.ReadLineAsync(cancellationToken) is { } line)
        {
            Task<(double Seconds, double CpuSeconds)> window = gate.RunAsync(int.Parse(line, CultureInfo.InvariantCulture), cancellationToken);
            // A loop that failed never ends its window.
            if (await Task.WhenAny(window, loop) == loop)
                break;
            (double seconds, double cpu) = await window;
            Console.WriteLine(JsonSerializer.Serialize(new[] { seconds, cpu }));
        }

        gate.End();
        await loop;
    }

    private static async Task<string> ReadAsync(CancellationToken cancellationToken) =>
        await Console.In.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("Standard input has ended.");
}
