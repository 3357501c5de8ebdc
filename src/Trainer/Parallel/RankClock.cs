using Granary.Trainer.Learning;
using Granary.Trainer.Runs;

namespace Granary.Trainer.Parallel;

/// <summary>Brings the ranks' times together and to the reports: a few numbers beside the step's totals.</summary>
/// <param name="rank">This rank.</param>
/// <param name="ranks">Ranks.</param>
internal sealed class RankClock(int rank, int ranks)
{
    // More ranks than this are not told apart in metrics: each is five series, and a silo takes 64 values of a step.
    private const int MostInMetrics = 8;

    private readonly float[] _own = new float[RankTimes.Numbers];
    private float[] _numbers = [];
    private RankTimes _epoch = new(ranks);
    private bool _known;

    /// <summary>Over the whole run, as far as this process has seen it.</summary>
    public RankTimes Run { get; } = new(ranks);

    /// <summary>What is summed with the gradients: the step's totals, and each rank's times of the step before in their own place.</summary>
    /// <param name="totals">The step's totals.</param>
    public Memory<float> Pack(StepTotals totals)
    {
        var count = totals.Values.Length;
        if (_numbers.Length == 0) _numbers = new float[count + (ranks * RankTimes.Numbers)];
        Array.Clear(_numbers);
        totals.Values.CopyTo(_numbers);
        _own.CopyTo(_numbers.AsSpan(count + (rank * RankTimes.Numbers)));
        return _numbers;
    }

    /// <summary>Takes the sums in.</summary>
    /// <param name="totals">Replaced by their sums.</param>
    public void Unpack(StepTotals totals)
    {
        var count = totals.Values.Length;
        _numbers.AsMemory(0, count).CopyTo(totals.Values);
        if (!_known) return;
        _epoch.Add(_numbers.AsSpan(count));
        Run.Add(_numbers.AsSpan(count));
    }

    /// <summary>The step is done; the ranks hear of its times with the next.</summary>
    /// <param name="times">Its times.</param>
    public void Keep(StepTimes times)
    {
        RankTimes.Write(times, _own);
        _known = true;
    }

    /// <summary>The step's metrics: its sums, and the step before's times.</summary>
    /// <param name="sums">The sums of the step.</param>
    /// <param name="measures">Takes them.</param>
    public void Report(SumTimes sums, IDictionary<string, double> measures)
    {
        measures[MetricNames.ReduceBytes] = sums.Bytes;
        measures[MetricNames.OverlapShare] = sums.Overlap;
        if (sums.Seconds > 0) measures[MetricNames.ReduceBandwidth] = sums.Bytes / sums.Seconds;
        for (var each = 0; each < Math.Min(Run.Last.Count, MostInMetrics); each++)
        {
            var time = Run.Last[each];
            measures[MetricNames.OfRank(each, "load")] = time.Load;
            measures[MetricNames.OfRank(each, "forward")] = time.Forward;
            measures[MetricNames.OfRank(each, "backward")] = time.Backward;
            measures[MetricNames.OfRank(each, "reduce")] = time.Reduce;
            measures[MetricNames.OfRank(each, "wait")] = time.Wait;
        }
    }

    /// <summary>The epoch's metrics; the next one begins.</summary>
    /// <param name="measures">Takes them.</param>
    public void EndEpoch(IDictionary<string, double> measures)
    {
        if (_epoch.Slowest is { } straggler)
        {
            measures[MetricNames.SlowestRank] = straggler.Rank;
            measures[MetricNames.WaitShare] = straggler.Share;
        }

        _epoch = new RankTimes(ranks);
    }
}
