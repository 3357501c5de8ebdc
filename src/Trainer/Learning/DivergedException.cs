namespace Granary.Trainer.Learning;

/// <summary>The loss or the gradients are no longer finite numbers; training on would not mend it.</summary>
/// <param name="loss">The loss; when it is finite, the gradients are not.</param>
/// <param name="step">Steps completed before.</param>
/// <param name="learningRate">The step's learning rate.</param>
/// <param name="culprit">A sentence that says which layer went first.</param>
internal sealed class DivergedException(double loss, long step, double learningRate, string culprit) : Exception(
    FormattableString.Invariant(
        $"The training {(double.IsFinite(loss) ? "gradients were not finite" : $"loss became {loss}")} at step {step + 1} with learning rate {learningRate:g6}. {culprit} Use a smaller rate, warm-up or clip-norm."))
{
    /// <summary>Steps completed before the one that failed.</summary>
    public long Step { get; } = step;

    /// <summary>The failing step's learning rate.</summary>
    public double LearningRate { get; } = learningRate;
}
