using System.Diagnostics;
using Granary.Trainer.Collectives;

namespace Granary.Trainer.Tools.Bench;

/// <summary>One rank of a measurement: a process that says where it listens, is told where the others do, and reduces until it is done.</summary>
internal static class BenchRank
{
    // Long enough for a slow machine, short enough that a stuck measurement ends.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs it.</summary>
    /// <param name="input">The orders, then everybody's endpoints: a line each.</param>
    /// <param name="output">This rank's endpoint, then, on rank 0, a result a line.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<int> RunAsync(TextReader input, TextWriter output, CancellationToken cancellationToken)
    {
        BenchOrders orders = BenchOrders.FromJson(await ReadAsync(input, cancellationToken));
        var member = new RingMember("bench/0001", 1, orders.Rank, orders.Ranks, orders.Secret);
        var options = new RingOptions
        {
            Wire = orders.Wire,
            Streams = orders.Streams,
            SharedMemoryFolder = orders.Lane == BenchLane.SharedMemory ? SharedMemoryRegion.DefaultFolder : null,
        };
        await using CollectiveHost host = await CollectiveHost.StartAsync(member, orders.Address, options, cancellationToken);
        await output.WriteLineAsync(host.Endpoint);
        await output.FlushAsync(cancellationToken);
        string[] endpoints = (await ReadAsync(input, cancellationToken)).Split(' ');
        await using ICollective ring = await host.JoinAsync(endpoints, TimeProvider.System, cancellationToken);
        if (orders.Lane == BenchLane.SharedMemory && !host.UsesSharedMemory)
            throw new ToolException($"The ranks do not reach each other through {options.SharedMemoryFolder}: it is missing, full or not writable.", ToolExit.Failed);
        // Filled once: between two sizes there is nothing but the ring.
        float[] ones = GC.AllocateUninitializedArray<float>(orders.Sizes.Max() / sizeof(float), pinned: true);
        Array.Fill(ones, 1);
        foreach (int bytes in orders.Sizes)
        {
            double seconds = await MeasureAsync(ring, ones.AsMemory(0, bytes / sizeof(float)), orders.Windows, cancellationToken);
            if (orders.Rank == 0)
                await output.WriteLineAsync(Result(orders, bytes, seconds).ToJson());
        }

        await output.FlushAsync(cancellationToken);
        return ToolExit.Done;
    }

    private static async Task<double> MeasureAsync(ICollective ring, Memory<float> values, int windows, CancellationToken cancellationToken)
    {
        int bytes = values.Length * sizeof(float);
        int repeats = Math.Clamp((1 << 29) / bytes, 3, bytes > 4096 ? 50 : 500);
        double[] times = new double[windows];
        await RepeatAsync(2);
        for (int i = 0; i < windows; i++)
        {
            await ring.BarrierAsync(Patience, cancellationToken);
            long start = Stopwatch.GetTimestamp();
            await RepeatAsync(repeats);
            times[i] = Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
        }

        // The mean of ones is one, whatever the format on the wire.
        if (values.Span.ContainsAnyExcept(1f))
            throw new InvalidDataException($"The mean of ones over {ring.WorldSize} ranks is not one.");
        Array.Sort(times);
        return times[windows / 2];

        async Task RepeatAsync(int count)
        {
            for (int i = 0; i < count; i++)
                await ring.AllReduceAsync(values, ReduceKind.Average, Patience, cancellationToken);
        }
    }

    private static BenchResult Result(BenchOrders orders, int bytes, double seconds)
    {
        string? wire = orders.Wire switch { WireType.BFloat16 => "bf16", WireType.Float16 => "fp16", _ => null };
        int? streams = orders.Lane == BenchLane.Grpc && orders.Streams > 1 ? orders.Streams : null;
        return new BenchResult(orders.Lane, wire, streams, orders.Ranks, bytes, Math.Round(seconds * 1e6, 1), Math.Round(bytes / seconds / 1e6, 1));
    }

    private static async Task<string> ReadAsync(TextReader input, CancellationToken cancellationToken) =>
        await input.ReadLineAsync(cancellationToken) ?? throw new ToolException("The measurement has ended: nobody is there.", ToolExit.Failed);
}
