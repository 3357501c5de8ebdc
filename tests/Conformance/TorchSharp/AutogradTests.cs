using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Granary.Conformance.TorchSharp.Tests;

public sealed class AutogradTests
{
    [Fact]
    public void Backward_SumOfSquares_GivesTwiceTheInput()
    {
        using Tensor x = tensor([1f, -2f, 3f], requires_grad: true);
        using Tensor loss = (x * x).sum();

        loss.backward();

        Assert.Equal([2f, -4f, 6f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Backward_Twice_AddsToTheGradient()
    {
        using Tensor x = tensor(3f, requires_grad: true);

        (x * 2).backward();
        (x * 5).backward();

        Assert.Equal(7f, x.grad!.item<float>());
    }

    [Fact]
    public void NoGrad_Operation_IsNotRecorded()
    {
        using Tensor x = tensor(3f, requires_grad: true);

        using (no_grad())
        {
            using Tensor y = x * 2;
            Assert.False(y.requires_grad);
        }

        using Tensor z = x * 2;
        Assert.True(z.requires_grad);
        Assert.False(z.is_leaf);
    }

    [Fact]
    public void InferenceMode_Inside_IsEnabledAndEndsWithTheScope()
    {
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
        }

        Assert.False(is_inference_mode_enabled());
        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void Grad_CreateGraph_CanBeDifferentiatedAgain()
    {
        // d/dx x^3 = 3x^2, d2/dx2 x^3 = 6x.
        using Tensor x = tensor(2f, requires_grad: true);
        using Tensor cube = x.pow(3);

        using Tensor first = autograd.grad([cube], [x], create_graph: true)[0];
        using Tensor second = autograd.grad([first], [x])[0];

        Assert.Equal(12f, first.item<float>());
        Assert.Equal(12f, second.item<float>());
    }

    [Fact]
    public void Grad_SetToNull_TakesTheGradientAway()
    {
        using Tensor x = tensor(2f, requires_grad: true);
        (x * x).backward();

        x.grad = null;

        Assert.Null(x.grad);
    }

    [Fact]
    public void RetainGrad_NotALeaf_KeepsItsGradient()
    {
        using Tensor x = tensor(2f, requires_grad: true);
        using Tensor y = x * 3;
        y.retain_grad();

        (y * y).backward();

        Assert.Equal(12f, y.grad!.item<float>());
    }

    [Fact]
    public void Backward_NotAScalar_ThrowsLibtorchsMessage()
    {
        using Tensor x = ones([2], requires_grad: true);
        using Tensor y = x * 2;

        var error = Assert.Throws<ExternalException>(y.backward);

        Assert.Contains("scalar", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Detach_Result_SharesMemoryWithoutHistory()
    {
        using Tensor x = ones([2], requires_grad: true);
        using Tensor y = x.detach();

        y.fill_(5);

        Assert.False(y.requires_grad);
        Assert.Equal([5f, 5f], x.detach().data<float>().ToArray());
    }
}
