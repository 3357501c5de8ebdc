using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace Granary.Contracts.Tests.TorchSharp;

/// <summary>Built as the product's <c>GradientSignal</c> is.</summary>
internal sealed class PassThrough : SingleTensorFunction<PassThrough>
{
    public override string Name => nameof(PassThrough);

    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        ctx.save_data("action", vars[1]);
        return ((Tensor)vars[0]).alias();
    }

    public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output)
    {
        ((Action)ctx.get_data("action")!)();
        return [grad_output.alias(), null!];
    }
}
