namespace Granary.Benchmarks.AllReduce;

/// <summary>What one all-reduce costs.</summary>
/// <param name="Seconds">By the clock.</param>
/// <param name="CpuSeconds">Processor time of all ranks together.</param>
internal readonly record struct Cost(double Seconds, double CpuSeconds)
{
    /// <summary>The median of each.</summary>
    public static Cost Median(IEnumerable<Cost> costs)
    {
        Cost[] all = [.. costs];
        return new Cost(Median(all.Select(cost => cost.Seconds)), Median(all.Select(cost => cost.CpuSeconds)));
    }

    private static double Median(IEnumerable<double> numbers)
    {
        double[] sorted = [.. numbers.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
