using static TorchSharp.torch;

namespace Granary.Trainer.Learning;

/// <summary>Moves the momentum of each step: SGD's and RMSprop's, or Adam's first beta.</summary>
/// <param name="momentum">Momentum by steps completed.</param>
internal sealed class MomentumSchedule(Func<long, double> momentum) : Callback
{
    /// <inheritdoc/>
    public override int Order => 0;

    /// <inheritdoc/>
    public override void BeforeBatch(Learner learner)
    {
        double value = momentum(learner.Position.Step);
        foreach (optim.ILearningRateController group in learner.Optimizer.ParamGroups)
        {
            if (group is optim.IMomentum withMomentum)
                withMomentum.Momentum = value;
            else if (group is optim.IBetas withBetas)
                withBetas.Betas = (value, withBetas.Betas.Item2);
        }
    }
}
