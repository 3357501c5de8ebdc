using Granary.Trainer.Learning;
using Granary.Trainer.Models;

namespace Granary.Trainer.Insight;

/// <summary>
/// Ends the run before a loss that is not finite reaches the weights, or, where gradients are clipped, a gradient norm that is not; on every
/// rank alike, since it looks at sums over the ranks. The layer that went first is searched for then, and only then.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="seed">The run's seed.</param>
internal sealed class DivergenceCheck(Network network, long seed) : Callback
{
    /// <inheritdoc/>
    public override int Order => 90;

    /// <inheritdoc/>
    public override void AfterBackward(Learner learner)
    {
        float loss = learner.Totals.Loss;
        if (float.IsFinite(loss) && double.IsFinite(learner.GradientNorm))
            return;
        string culprit = float.IsFinite(loss)
            ? FirstNotFinite.InGradients(network)
            : FirstNotFinite.InWeights(network) ?? FirstNotFinite.InOutputs(network, learner, seed);
        throw new DivergedException(loss, learner.Position.Step, learner.LearningRate, culprit);
    }
}
