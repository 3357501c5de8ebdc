namespace Granary.Trainer.Learning;

/// <summary>The loss is no longer a finite number; training on would not mend it.</summary>
/// <param name="loss">The loss: NaN or an infinity.</param>
/// <param name="step">Steps completed before.</param>
/// <param name="learningRate">The step's learning rate.</param>
internal sealed class DivergedException(double loss, long step, double learningRate) : Exception(
    FormattableString.Invariant(
        $"The training loss became {loss} at step {step + 1} with learning rate {learningRate:g6}. Use a smaller one, or one-cycle."))
{
    /// <summary>Steps completed before the one that failed.</summary>
    public long Step { get; } = step;

    /// <summary>The failing step's learning rate.</summary>
    public double LearningRate { get; } = learningRate;
}
