using System.Globalization;
using Granary.Trainer.Insight;
using Granary.Trainer.Learning;

namespace Granary.Benchmarks.Train;

/// <summary>
/// Processor time of the steps that the watch samples, beside that of the others. Both kinds alternate in one loop, so what else the
/// machine does meets both alike.
/// </summary>
/// <param name="watch">The watch.</param>
internal sealed class StepCosts(LayerWatch watch) : Callback
{
    private readonly List<double> _sampled = [];
    private readonly List<double> _others = [];
    private TimeSpan _start;

    /// <inheritdoc/>
    public override int Order => 999;

    /// <inheritdoc/>
    public override void BeforeBatch(Learner learner) => _start = Environment.CpuUsage.TotalTime;

    /// <inheritdoc/>
    public override void AfterStep(Learner learner) =>
        (watch.Sample is null ? _others : _sampled).Add((Environment.CpuUsage.TotalTime - _start).TotalMilliseconds);

    /// <summary>For the table; null without steps of both kinds.</summary>
    public override string? ToString()
    {
        if (_sampled.Count == 0 || _others.Count == 0)
            return null;
        (double sampled, double others) = (Median(_sampled), Median(_others));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"a sampled step {sampled:f2} CPU-ms, another {others:f2}: {(sampled / others) - 1:p1} more, {((sampled / others) - 1) / 50:p2} at every 50th");
    }

    private static double Median(List<double> numbers) => numbers.Order().ElementAt(numbers.Count / 2);
}
