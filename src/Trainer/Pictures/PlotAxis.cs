using System.Globalization;

namespace Granary.Trainer.Pictures;

/// <summary>An axis from one number to a greater one.</summary>
/// <param name="Low">Its beginning.</param>
/// <param name="High">Its end, above <paramref name="Low"/>.</param>
/// <param name="Logarithmic">Equal distances are equal factors; <paramref name="Low"/> is then above 0.</param>
internal sealed record PlotAxis(double Low, double High, bool Logarithmic)
{
    private static readonly double[] Steps = [1, 2, 5, 10];

    /// <summary>
    /// The axis that holds all finite numbers (the positive ones, when logarithmic); 0 to 1 (1 to 10) when there are none.
    /// </summary>
    /// <param name="values">The numbers.</param>
    /// <param name="logarithmic">Equal distances are equal factors.</param>
    public static PlotAxis Over(IEnumerable<double> values, bool logarithmic)
    {
        double[] shown = [.. values.Where(value => double.IsFinite(value) && (!logarithmic || value > 0))];
        double low = shown.Length == 0 ? (logarithmic ? 1 : 0) : shown.Min();
        double high = shown.Length == 0 ? (logarithmic ? 10 : 1) : shown.Max();
        if (high > low)
            return new PlotAxis(low, high, logarithmic);
        double margin = low == 0 ? 1 : Math.Abs(low) / 2;
        return logarithmic ? new PlotAxis(low / 2, low * 2, true) : new PlotAxis(low - margin, high + margin, false);
    }

    /// <summary>Whether a number has a place on the axis's line, within its ends or beyond.</summary>
    /// <param name="value">The number.</param>
    public bool Places(double value) => double.IsFinite(value) && (!Logarithmic || value > 0);

    /// <summary>Where a number lies, 0 at the beginning, 1 at the end.</summary>
    /// <param name="value">A number that <see cref="Places"/>.</param>
    public double Share(double value) =>
        Logarithmic ? Math.Log(value / Low) / Math.Log(High / Low) : (value - Low) / (High - Low);

    /// <summary>Marks at round numbers: steps of 1, 2 or 5 times a power of ten, or powers of ten with small marks between.</summary>
    /// <param name="atMost">Labelled marks that have room, at least 2.</param>
    public IReadOnlyList<PlotTick> Ticks(int atMost) => Logarithmic && High / Low >= 10 ? [.. Decades(atMost)] : [.. Even(atMost)];

    private IEnumerable<PlotTick> Even(int atMost)
    {
        double raw = (High - Low) / Math.Max(atMost - 1, 1);
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = power * Steps.First(factor => (factor * power * (1 + 1e-9)) >= raw);
        for (double index = Math.Ceiling((Low / step) - 1e-9) + 0.0; index * step <= High + (step * 1e-9); index++)
            yield return new PlotTick(index * step, Label(index * step, step));
    }

    private IEnumerable<PlotTick> Decades(int atMost)
    {
        int first = (int)Math.Floor(Math.Log10(Low) + 1e-9);
        int last = (int)Math.Ceiling(Math.Log10(High) - 1e-9);
        int every = Math.Max((int)Math.Ceiling((last - first + 1) / (double)atMost), 1);
        for (int exponent = first; exponent <= last; exponent++)
        {
            for (int digit = 1; digit <= 9; digit++)
            {
                double value = digit * Math.Pow(10, exponent);
                bool labelled = digit == 1 && exponent % every == 0;
                if (value >= Low * (1 - 1e-9) && value <= High * (1 + 1e-9))
                    yield return new PlotTick(value, labelled ? FormattableString.Invariant($"1e{exponent}") : "");
            }
        }
    }

    private static string Label(double value, double step)
    {
        if (value == 0)
            return "0";
        double greatest = Math.Max(Math.Abs(value), step);
        if (greatest >= 1e6 || step < 1e-4)
            return value.ToString("0.##e0", CultureInfo.InvariantCulture);
        int decimals = Math.Max((int)-Math.Floor(Math.Log10(step) + 1e-9), 0);
        return value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
