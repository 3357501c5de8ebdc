using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace Granary.Trainer.Parallel;

/// <summary>
/// Lets a tensor through unchanged, and tells when backward has come back to it: by then every gradient of what was computed from it is
/// there. The result is a view, so nothing may change it in place.
/// </summary>
internal sealed class GradientSignal : SingleTensorFunction<GradientSignal>
{
    /// <inheritdoc/>
    public override string Name => nameof(GradientSignal);

    /// <summary>Passes a tensor through.</summary>
    /// <param name="ctx">Kept for backward.</param>
    /// <param name="vars">The tensor, and the action that backward calls.</param>
    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        ctx.save_data(nameof(Action), vars[1]);
        return ((Tensor)vars[0]).alias();
    }

    /// <summary>Tells, and passes the gradient on.</summary>
    /// <param name="ctx">What forward kept.</param>
    /// <param name="grad_output">The gradient.</param>
    public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output)
    {
        ((Action)ctx.get_data(nameof(Action))!)();
        return [grad_output.alias(), null!];
    }
}
