namespace Granary.Trainer.Learning.Finding;

/// <summary>
/// What the learning-rate finder measured: loss over learning rate, after Smith, "Cyclical Learning Rates for Training Neural Networks"
/// (arXiv:1506.01186), smoothed and judged as fastai's <c>lr_find</c> does.
/// </summary>
/// <param name="range">What was tried.</param>
internal sealed class RateCurve(RateRange range)
{
    // fastai's numbers: the average's memory, the loss at which there is nothing more to learn, and what is left out at the end.
    private const double Beta = 0.98;
    private const double Divergence = 4;
    private const int LeftOutAtTheEnd = 5;

    private readonly List<RatePoint> _points = [];
    private double _average;
    private double _best = double.PositiveInfinity;

    /// <summary>What was tried.</summary>
    public RateRange Range => range;

    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<RatePoint> Points => _points;

    /// <summary>The search is over: all steps are made, or the loss has grown to four times its best, or is no number.</summary>
    public bool Complete { get; private set; }

    /// <summary>The loss grew too much before all steps were made.</summary>
    public bool Diverged => Complete && _points.Count < range.Steps;

    /// <summary>
    /// What suggestions are drawn from: without the first tenth, whose average is of few losses, and without the last five, which are on
    /// their way up; where the loss became no number, up to there.
    /// </summary>
    public IReadOnlyList<RatePoint> Judged
    {
        get
        {
            int first = range.Steps / 10;
            int end = _points.Count > 0 && double.IsNaN(_points[^1].Smoothed) ? _points.Count - 1 : _points.Count - LeftOutAtTheEnd;
            return end > first ? _points[first..end] : [];
        }
    }

    /// <summary>The rate in the longest valley; null when too few steps were made.</summary>
    public double? Valley => RateSuggestions.Valley(Judged) is { } rate ? Readable(rate) : null;

    /// <summary>The rate at which the loss falls fastest; null when too few steps were made.</summary>
    public double? Steep => RateSuggestions.Steep(Judged) is { } rate ? Readable(rate) : null;

    /// <summary>Takes in the next step.</summary>
    /// <param name="loss">Mean loss of its examples.</param>
    /// <exception cref="InvalidOperationException">The search is over.</exception>
    public void Add(double loss)
    {
        if (Complete)
            throw new InvalidOperationException($"The search was over after {_points.Count} steps.");
        _average = loss + (Beta * (_average - loss));
        double smoothed = _average / (1 - Math.Pow(Beta, _points.Count + 1));
        _points.Add(new RatePoint(range.At(_points.Count), loss, smoothed));
        _best = Math.Min(smoothed, _best);
        Complete = double.IsNaN(smoothed) || smoothed > Divergence * _best || _points.Count >= range.Steps;
    }

    // Three digits are more than the method knows; a rate that people can type gives the same run when they do.
    private static double Readable(double rate) =>
        double.Parse(rate.ToString("G3", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}
