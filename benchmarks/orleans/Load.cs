using System.Diagnostics;
using System.Globalization;

namespace Granary.Benchmarks.Orleans;

/// <summary>Runs one kind of call for a time, with a number of callers of which each awaits its call, and prints calls per second.</summary>
internal static class Load
{
    public static async Task RunAsync(string name, string reference, int callers, Func<int, Task> call)
    {
        await MeasureAsync(callers, call, TimeSpan.FromSeconds(2));
        double[] rates = new double[3];
        long calls = 0;
        var cpu = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < rates.Length; i++)
        {
            (rates[i], long count) = await MeasureAsync(callers, call, TimeSpan.FromSeconds(2));
            calls += count;
        }

        double perCpuSecond = calls / (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        Array.Sort(rates);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {name} | {rates[0]:N0} / {rates[1]:N0} / {rates[2]:N0} | {perCpuSecond:N0} | {reference} |"));
    }

    private static async Task<(double Rate, long Calls)> MeasureAsync(int callers, Func<int, Task> call, TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        long end = start + (long)(time.TotalSeconds * Stopwatch.Frequency);
        long[] counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(i => Task.Run(async () =>
        {
            long count = 0;
            for (; Stopwatch.GetTimestamp() < end; count++)
                await call(i);
            return count;
        })));
        return (counts.Sum() / Stopwatch.GetElapsedTime(start).TotalSeconds, counts.Sum());
    }
}
