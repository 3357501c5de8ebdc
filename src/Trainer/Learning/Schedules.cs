using Granary.Specs;

namespace Granary.Trainer.Learning;

/// <summary>
/// Learning-rate schedules: pure functions of the step (plateau: and of the objective's history), so a resumed run needs no state of
/// theirs. Steps are the optimizer's, counted from 0.
/// </summary>
internal static class Schedules
{
    private const double WarmUpShare = 0.25;
    private const double StartDivisor = 25;
    private const double EndDivisor = 1e5;
    private const double HighMomentum = 0.95;
    private const double LowMomentum = 0.85;

    /// <summary>A run's learning rate, as a function from steps completed to the next step's rate.</summary>
    /// <param name="train">The run's training options, with a learning rate.</param>
    /// <param name="stepsPerEpoch">Optimizer steps of an epoch, at least 1.</param>
    /// <param name="scores">
    /// The objective after each completed epoch, turned so that greater is better; asked at each step, used by <c>plateau</c> alone.
    /// </param>
    /// <param name="scale">What all rates are multiplied by, at least 1; the warm-up rises from the rate that is not scaled, then.</param>
    /// <exception cref="ArgumentException">There is no such schedule.</exception>
    public static Func<long, double> LearningRate(
        TrainSpec train, long stepsPerEpoch, Func<IReadOnlyList<double>> scores, int scale = 1)
    {
        double peak = train.LearningRate!.Value * scale;
        double end = train.MinLearningRate * scale;
        long warmUp = WarmUpSteps(train, stepsPerEpoch);
        long steps = (stepsPerEpoch * train.Epochs) - warmUp;
        Func<long, double> schedule = train.Schedule switch
        {
            "constant" => _ => peak,
            "step" => step => Falling(step, peak, stepsPerEpoch * train.StepEpochs, train.Gamma),
            "cosine" => step => Cosine(step, peak, end, steps),
            "cosine-restarts" => step => CosineRestarts(step, peak, end, stepsPerEpoch * train.RestartEpochs, train.RestartFactor),
            "plateau" => _ => Plateau(peak, end, train.Gamma, Falls(scores().Skip((int)train.WarmUp), train.Patience)),
            "one-cycle" => step => OneCycle(step, peak, steps),
            _ => throw new ArgumentException($"There is no schedule '{train.Schedule}'.", nameof(train)),
        };
        return step => WarmUp(step, warmUp, schedule, scale == 1 ? 0 : schedule(0) / scale);
    }

    /// <summary>A run's momentum (Adam's first beta), where the schedule moves it; null: it stays as the options say.</summary>
    /// <param name="train">The run's training options.</param>
    /// <param name="stepsPerEpoch">Optimizer steps of an epoch, at least 1.</param>
    public static Func<long, double>? Momentum(TrainSpec train, long stepsPerEpoch)
    {
        // Without momentum there is nothing to cycle; Adam always has its first beta.
        if (train.Schedule != "one-cycle" || train is { Optimizer: "sgd" or "rmsprop", Momentum: 0 })
            return null;
        long warmUp = WarmUpSteps(train, stepsPerEpoch);
        long steps = (stepsPerEpoch * train.Epochs) - warmUp;
        return step => OneCycleMomentum(Math.Max(step - warmUp, 0), steps);
    }

    /// <summary>
    /// Goyal et al.'s gradual warm-up (arXiv:1706.02677): a straight line that would leave its start one step before the run and meets the
    /// schedule at its first step.
    /// </summary>
    /// <param name="step">Steps completed.</param>
    /// <param name="warmUp">Steps of the warm-up.</param>
    /// <param name="schedule">What follows; it counts its own steps from 0.</param>
    /// <param name="start">The rate that the line leaves.</param>
    public static double WarmUp(long step, long warmUp, Func<long, double> schedule, double start = 0) =>
        step < warmUp ? start + ((schedule(0) - start) * (step + 1) / (warmUp + 1)) : schedule(step - warmUp);

    /// <summary>The rate times gamma after every period.</summary>
    /// <param name="step">Steps completed.</param>
    /// <param name="peak">The first rate.</param>
    /// <param name="period">Steps between two falls.</param>
    /// <param name="gamma">What a fall multiplies by.</param>
    public static double Falling(long step, double peak, long period, double gamma) => peak * Math.Pow(gamma, step / period);

    /// <summary>Half a cosine from the first rate to the last, Loshchilov and Hutter's SGDR (arXiv:1608.03983) without restarts.</summary>
    /// <param name="step">Steps completed.</param>
    /// <param name="peak">The first rate.</param>
    /// <param name="end">The rate after the last step.</param>
    /// <param name="steps">Steps of the schedule.</param>
    public static double Cosine(long step, double peak, double end, long steps) => Ease(peak, end, Math.Min((double)step / steps, 1));

    /// <summary>SGDR: the cosine begins anew after each period, and each period is longer than the one before by a factor.</summary>
    /// <param name="step">Steps completed.</param>
    /// <param name="peak">The first rate of each period.</param>
    /// <param name="end">The rate that each period falls towards.</param>
    /// <param name="period">Steps of the first period.</param>
    /// <param name="factor">How much longer each is, at least 1.</param>
    public static double CosineRestarts(long step, double peak, double end, long period, int factor)
    {
        if (factor == 1)
            return Cosine(step % period, peak, end, period);
        while (step >= period)
        {
            step -= period;
            period *= factor;
        }

        return Cosine(step, peak, end, period);
    }

    /// <summary>How often a plateau has lowered the rate: whenever more than <paramref name="patience"/> epochs brought nothing better.</summary>
    /// <param name="scores">The objective after each epoch, greater is better; what is not a number is never better.</param>
    /// <param name="patience">Epochs that may pass.</param>
    public static int Falls(IEnumerable<double> scores, int patience)
    {
        (int falls, int waited, double best) = (0, 0, double.NegativeInfinity);
        foreach (double score in scores)
        {
            if (score > best)
                (waited, best) = (0, score);
            else if (++waited > patience)
                (waited, falls) = (0, falls + 1);
        }

        return falls;
    }

    /// <summary>The rate after some falls of a plateau.</summary>
    /// <param name="peak">The first rate.</param>
    /// <param name="end">The least rate.</param>
    /// <param name="gamma">What a fall multiplies by.</param>
    /// <param name="falls">Falls so far.</param>
    public static double Plateau(double peak, double end, double gamma, int falls) => Math.Max(peak * Math.Pow(gamma, falls), end);

    /// <summary>
    /// Smith and Topin's one-cycle policy (arXiv:1708.07120) with fastai's cosine halves and numbers (<c>fit_one_cycle</c>): from
    /// peak / 25 up to the peak over the first quarter, then down to peak / 100,000. Steps fall as in PyTorch's <c>OneCycleLR</c> with
    /// <c>pct_start=0.25, div_factor=25, final_div_factor=4000</c> (its final divisor counts from the start, fastai's from the peak).
    /// </summary>
    /// <param name="step">Steps completed, from 0 to <paramref name="totalSteps"/> - 1.</param>
    /// <param name="peak">The greatest learning rate.</param>
    /// <param name="totalSteps">Steps of the whole run, at least 1.</param>
    public static double OneCycle(long step, double peak, long totalSteps) =>
        Cycle(step, totalSteps, peak / StartDivisor, peak, peak / EndDivisor);

    /// <summary>The cycle's momentum, fastai's numbers: from 0.95 down to 0.85 while the rate rises, and back while it falls.</summary>
    /// <param name="step">Steps completed, from 0 to <paramref name="totalSteps"/> - 1.</param>
    /// <param name="totalSteps">Steps of the whole run, at least 1.</param>
    public static double OneCycleMomentum(long step, long totalSteps) => Cycle(step, totalSteps, HighMomentum, LowMomentum, HighMomentum);

    private static double Cycle(long step, long totalSteps, double start, double middle, double end)
    {
        double turn = (WarmUpShare * totalSteps) - 1;
        if (step <= turn)
            return Ease(start, middle, step / turn);
        double rest = totalSteps - 1 - turn;
        return Ease(middle, end, Math.Min((step - turn) / rest, 1));
    }

    // A turn at step 0 (four steps in all) has no way there: 0/0 is its end.
    private static double Ease(double from, double to, double share) =>
        double.IsNaN(share) ? to : to + ((from - to) / 2 * (Math.Cos(Math.PI * share) + 1));

    private static long WarmUpSteps(TrainSpec train, long stepsPerEpoch) =>
        Math.Min((long)Math.Round(train.WarmUp * stepsPerEpoch), (stepsPerEpoch * train.Epochs) - 1);
}
