namespace Granary.Trainer.Learning;

/// <summary>Learning-rate schedules: pure functions of the step, so a resumed run needs no state of theirs.</summary>
internal static class Schedules
{
    private const double WarmUpShare = 0.25;
    private const double StartDivisor = 25;
    private const double EndDivisor = 1e5;

    /// <summary>The schedule of that name, as a function from steps completed (from 0) to the next step's learning rate.</summary>
    /// <param name="name">A name of the sweep file: <c>constant</c> or <c>one-cycle</c>.</param>
    /// <param name="peak">The greatest learning rate, above 0.</param>
    /// <param name="totalSteps">Steps of the whole run, at least 1.</param>
    /// <exception cref="ArgumentException">There is no such schedule.</exception>
    public static Func<long, double> Create(string name, double peak, long totalSteps) => name switch
    {
        "constant" => _ => peak,
        "one-cycle" => step => OneCycle(step, peak, totalSteps),
        _ => throw new ArgumentException($"There is no schedule '{name}'; expected constant or one-cycle.", nameof(name)),
    };

    /// <summary>
    /// Smith and Topin's one-cycle policy (arXiv:1708.07120) with fastai's cosine halves and numbers (<c>fit_one_cycle</c>): from
    /// peak / 25 up to the peak over the first quarter, then down to peak / 100,000. Steps fall as in PyTorch's <c>OneCycleLR</c> with
    /// <c>pct_start=0.25, div_factor=25, final_div_factor=4000</c> (its final divisor counts from the start, fastai's from the peak).
    /// </summary>
    /// <param name="step">Steps completed, from 0 to <paramref name="totalSteps"/> - 1.</param>
    /// <param name="peak">The greatest learning rate.</param>
    /// <param name="totalSteps">Steps of the whole run, at least 1.</param>
    public static double OneCycle(long step, double peak, long totalSteps)
    {
        double turn = (WarmUpShare * totalSteps) - 1;
        if (step <= turn)
            return Cosine(peak / StartDivisor, peak, step / turn);
        double down = totalSteps - 1 - turn;
        return Cosine(peak, peak / EndDivisor, Math.Min((step - turn) / down, 1));
    }

    // A turn at step 0 (four steps in all) has no way up: 0/0 is its end.
    private static double Cosine(double from, double to, double share) =>
        double.IsNaN(share) ? to : to + ((from - to) / 2 * (Math.Cos(Math.PI * share) + 1));
}
