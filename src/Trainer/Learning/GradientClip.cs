using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Granary.Trainer.Learning;

/// <summary>
/// Scales the step's gradients together so that their global L2 norm is at most a bound (Pascanu et al., arXiv:1211.5063). It sees the sum
/// over ranks, so every rank scales alike.
/// </summary>
/// <param name="greatest">The bound, above 0.</param>
internal sealed class GradientClip(double greatest) : Callback
{
    private Parameter[] _trained = [];

    /// <inheritdoc/>
    // After the watch, which shows the gradients as they came.
    public override int Order => 70;

    /// <inheritdoc/>
    public override void BeforeFit(Learner learner) => _trained = [.. learner.Optimizer.parameters()];

    /// <inheritdoc/>
    public override void AfterBackward(Learner learner) => learner.GradientNorm = nn.utils.clip_grad_norm_(_trained, greatest);
}
