using System.Diagnostics;
using System.Globalization;

namespace Granary.Benchmarks.Engine;

/// <summary>Runs one kind of call for a time, with a number of callers of which each awaits its call, and prints calls per second.</summary>
internal static class Load
{
    private const int Windows = 3;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    /// <summary>One row of the table, after a window that is not counted.</summary>
    /// <param name="name">What is called.</param>
    /// <param name="reference">What Orleans 10.2.2 did in our first round.</param>
    /// <param name="callers">Calls in flight.</param>
    /// <param name="call">Makes the call of one caller, given its number.</param>
    public static async Task RunAsync(string name, string reference, int callers, Func<int, Task> call)
    {
        await MeasureAsync(callers, call);
        double[] rates = new double[Windows];
        for (int i = 0; i < Windows; i++) rates[i] = await MeasureAsync(callers, call);
        Array.Sort(rates);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {name} | {callers} | {rates[0]:N0} / {rates[1]:N0} / {rates[2]:N0} | {reference} |"));
    }

    private static async Task<double> MeasureAsync(int callers, Func<int, Task> call)
    {
        long start = Stopwatch.GetTimestamp();
        long end = start + (long)(Window.TotalSeconds * Stopwatch.Frequency);
        long[] counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            long count = 0;
            for (; Stopwatch.GetTimestamp() < end; count++) await call(caller);
            return count;
        })));
        return counts.Sum() / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
