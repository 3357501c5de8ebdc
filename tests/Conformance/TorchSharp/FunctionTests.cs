using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Granary.Conformance.TorchSharp.Tests;

public sealed class FunctionTests
{
    [Fact]
    public void SingleTensorFunction_OwnBackward_IsUsed()
    {
        using Tensor x = tensor([1f, 2f], requires_grad: true);
        using Tensor y = TimesTen.apply(x, 10f);

        y.sum().backward();

        Assert.Equal([10f, 20f], y.detach().data<float>().ToArray());
        Assert.Equal([10f, 10f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void SingleTensorFunction_PassThrough_SeesTheGradientOfWhatFollows()
    {
        using Tensor x = tensor([1f, 2f, 3f], requires_grad: true);
        using Tensor scaled = x * 2;
        var seen = new List<float[]>();
        using Tensor watched = PassThrough.apply(scaled, seen);

        (watched * watched).sum().backward();

        // d/dw w^2 = 2w with w = 2x; then times 2.
        Assert.Equal([4f, 8f, 12f], Assert.Single(seen));
        Assert.Equal([8f, 16f, 24f], x.grad!.data<float>().ToArray());
        Assert.False(watched.is_leaf);
        Assert.False(scaled.is_leaf);
    }

    [Fact]
    public void SingleTensorFunction_NoInputInAGraph_IsNotRecorded()
    {
        using Tensor x = tensor([1f, 2f]);
        using Tensor y = TimesTen.apply(x, 10f);

        Assert.False(y.requires_grad);
    }

    [Fact]
    public void SingleTensorFunction_BackwardThrows_TheErrorReachesTheCaller()
    {
        using Tensor x = tensor([1f, 2f], requires_grad: true);
        using Tensor y = Failing.apply(x);
        using Tensor sum = y.sum();

        var error = Assert.Throws<ExternalException>(sum.backward);

        Assert.Contains("no gradient today", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SingleTensorFunction_SavedTensors_ComeBackInBackward()
    {
        using Tensor x = tensor([1f, 2f, 3f], requires_grad: true);
        using Tensor y = Cube.apply(x);

        y.sum().backward();

        Assert.Equal([3f, 12f, 27f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void MultiTensorFunction_TwoResults_BothGradientsArrive()
    {
        using Tensor x = tensor(3f, requires_grad: true);
        List<Tensor> results = SumAndProduct.apply(x, tensor(4f, requires_grad: true));

        (results[0] * 10 + results[1]).backward();

        // d/dx 10 (x + y) + x y = 10 + y.
        Assert.Equal(14f, x.grad!.item<float>());
    }

    private sealed class TimesTen : autograd.SingleTensorFunction<TimesTen>
    {
        public override string Name => nameof(TimesTen);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_data("factor", vars[1]);
            return (Tensor)vars[0] * (float)vars[1];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            [grad_output * (float)ctx.get_data("factor")!, null!];
    }

    private sealed class PassThrough : autograd.SingleTensorFunction<PassThrough>
    {
        public override string Name => nameof(PassThrough);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_data("seen", vars[1]);
            return ((Tensor)vars[0]).alias();
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            ((List<float[]>)ctx.get_data("seen")!).Add(grad_output.data<float>().ToArray());
            return [grad_output.alias(), null!];
        }
    }

    private sealed class Cube : autograd.SingleTensorFunction<Cube>
    {
        public override string Name => nameof(Cube);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_for_backward([(Tensor)vars[0]]);
            return ((Tensor)vars[0]).pow(3);
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            [grad_output * ctx.get_saved_variables()[0].square() * 3];
    }

    private sealed class Failing : autograd.SingleTensorFunction<Failing>
    {
        public override string Name => nameof(Failing);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => (Tensor)vars[0] * 2;

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            throw new InvalidOperationException("no gradient today");
    }

    private sealed class SumAndProduct : autograd.MultiTensorFunction<SumAndProduct>
    {
        public override string Name => nameof(SumAndProduct);

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var (x, y) = ((Tensor)vars[0], (Tensor)vars[1]);
            ctx.save_for_backward([x, y]);
            return [x + y, x * y];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
        {
            List<Tensor> saved = ctx.get_saved_variables();
            return [grad_outputs[0] + (grad_outputs[1] * saved[1]), grad_outputs[0] + (grad_outputs[1] * saved[0])];
        }
    }
}
