namespace Granary.Trainer.Learning.Finding;

/// <summary>The learning rates that the finder tries: fastai's defaults unless told otherwise.</summary>
internal sealed record RateRange
{
    /// <summary>The least number of steps, fastai's too.</summary>
    public const int FewestSteps = 6;

    /// <summary>The first rate, above 0.</summary>
    public double From { get; init; } = 1e-7;

    /// <summary>What the rates grow to, above <see cref="From"/>; the last step is one ratio short of it.</summary>
    public double To { get; init; } = 10;

    /// <summary>Steps, at least <see cref="FewestSteps"/>.</summary>
    public int Steps { get; init; } = 100;

    /// <summary>The rate of a step; each is the same multiple of the one before.</summary>
    /// <param name="step">The step, from 0.</param>
    public double At(long step) => From * Math.Pow(To / From, (double)step / Steps);
}
