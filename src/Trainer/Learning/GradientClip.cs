using TorchSharp;
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
    // As in PyTorch's clip_grad_norm_.
    private const double Epsilon = 1e-6;

    private Parameter[] _trained = [];

    /// <inheritdoc/>
    // After the watch, which shows the gradients as they came.
    public override int Order => 70;

    /// <inheritdoc/>
    public override void BeforeFit(Learner learner) => _trained = [.. learner.Optimizer.parameters()];

    /// <inheritdoc/>
    public override void AfterBackward(Learner learner)
    {
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor[] gradients = [.. _trained.Select(parameter => parameter.grad).OfType<Tensor>()];
        if (gradients.Length == 0)
            return;
        double norm = linalg.vector_norm(stack([.. gradients.Select(gradient => linalg.vector_norm(gradient))])).item<float>();
        learner.GradientNorm = norm;
        // The library's own function would spread a norm that is not finite over every gradient, and hide where it came from.
        double share = greatest / (norm + Epsilon);
        if (!double.IsFinite(norm) || share >= 1)
            return;
        foreach (Tensor gradient in gradients)
            gradient.mul_(share);
    }
}
