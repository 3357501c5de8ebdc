using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Granary.Benchmarks.AllReduce;

/// <summary>A process of one of our sides: says where it listens, is told where all do, then answers each line as peer.py does.</summary>
internal static class Rank
{
    /// <summary>Runs until standard input ends.</summary>
    /// <param name="side">A name of <see cref="Side"/>.</param>
    /// <param name="rank">From 0.</param>
    /// <param name="ranks">How many.</param>
    public static async Task RunAsync(string side, int rank, int ranks)
    {
        await using IWork work = side == "http2" ? await RawWork.StartAsync(rank) : await RingWork.StartAsync(side, rank, ranks);
        Answer(work.Endpoint);
        await work.JoinAsync((await Console.In.ReadLineAsync())!.Split(' '));
        while (await Console.In.ReadLineAsync() is { } line)
        {
            int[] numbers = [.. line.Split(' ').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
            await work.PrepareAsync(numbers[0]);
            long start = Stopwatch.GetTimestamp();
            TimeSpan cpu = Environment.CpuUsage.TotalTime;
            for (int i = 0; i < numbers[1]; i++)
                await work.RunAsync();
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds / numbers[1];
            Answer(JsonSerializer.Serialize(new[] { seconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds / numbers[1] }));
        }
    }

    private static void Answer(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
