namespace Granary.Trainer.Learning;

/// <summary>
/// Ends the run before a loss that is not finite reaches the weights; on every rank alike, since it looks at the summed loss.
/// </summary>
internal sealed class DivergenceCheck : Callback
{
    /// <inheritdoc/>
    public override int Order => 90;

    /// <inheritdoc/>
    public override void AfterBackward(Learner learner)
    {
        float loss = learner.Totals.Loss;
        if (!float.IsFinite(loss))
            throw new DivergedException(loss, learner.Position.Step, learner.LearningRate);
    }
}
