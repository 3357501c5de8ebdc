using Granary.Trainer.Learning;

namespace Granary.Trainer.Parallel;

/// <summary>
/// Where all ranks' time goes. Each rank sends its times along with its next step's gradients, so every rank knows those of every step but
/// the last. A sum ends for all at once; so the rank for which it takes the shortest has come last, and by as much longer as it takes
/// another, that one has waited.
/// </summary>
/// <param name="ranks">Ranks.</param>
internal sealed class RankTimes(int ranks)
{
    /// <summary>Numbers that a rank sends.</summary>
    public const int Numbers = 4;

    private readonly RankTime[] _sums = new RankTime[ranks];
    private readonly double[] _blame = new double[ranks];
    private RankTime[] _last = [];

    /// <summary>Steps that are known.</summary>
    public long Steps { get; private set; }

    /// <summary>The last known step, a rank's at its place; empty before the first.</summary>
    public IReadOnlyList<RankTime> Last => _last;

    /// <summary>Mean over the known steps, a rank's at its place.</summary>
    public IReadOnlyList<RankTime> Mean => [.. _sums.Select(sum => sum / Math.Max(1, Steps))];

    /// <summary>Who was waited for most; null when nobody was.</summary>
    public Straggler? Slowest
    {
        get
        {
            var rank = Array.IndexOf(_blame, _blame.Max());
            var others = _sums.Where((_, other) => other != rank).Sum(time => time.Total);
            return others > 0 && _blame[rank] > 0 ? new Straggler(rank, _blame[rank] / others) : null;
        }
    }

    /// <summary>What a rank sends of its step.</summary>
    /// <param name="times">The step's times.</param>
    /// <param name="target">As many as <see cref="Numbers"/>.</param>
    public static void Write(StepTimes times, Span<float> target)
    {
        target[0] = (float)times[StepPhase.Load];
        target[1] = (float)times[StepPhase.Forward];
        target[2] = (float)times[StepPhase.Backward];
        target[3] = (float)times[StepPhase.Reduce];
    }

    /// <summary>Takes a step in.</summary>
    /// <param name="numbers">What each rank has sent, in order of rank.</param>
    public void Add(ReadOnlySpan<float> numbers)
    {
        var least = float.MaxValue;
        var slowest = 0;
        for (var rank = 0; rank < ranks; rank++)
        {
            if (numbers[(rank * Numbers) + 3] >= least) continue;
            (least, slowest) = (numbers[(rank * Numbers) + 3], rank);
        }

        _last = new RankTime[ranks];
        for (var rank = 0; rank < ranks; rank++)
        {
            var own = numbers.Slice(rank * Numbers, Numbers);
            _last[rank] = new RankTime(own[0], own[1], own[2], least, own[3] - least);
            _sums[rank] += _last[rank];
            _blame[slowest] += _last[rank].Wait;
        }

        Steps++;
    }
}
