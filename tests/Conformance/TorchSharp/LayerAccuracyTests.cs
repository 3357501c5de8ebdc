using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Conformance.TorchSharp.Tests;

/// <summary>
/// Layers in float32 against the same layers in float64: values and gradients agree to 1e-5 of the greatest value, whatever shapes an
/// implementation has special code for.
/// </summary>
public sealed class LayerAccuracyTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<long[], long[], long[], bool> Convolutions => new()
    {
        // Pictures (N, C, H, W), kernels (O, kH, kW), padding, bias: LeNet's two, then odd ones.
        { [16, 1, 28, 28], [6, 5, 5], [2, 2], true },
        { [16, 6, 14, 14], [16, 5, 5], [0, 0], true },
        { [3, 3, 17, 9], [7, 3, 3], [1, 1], false },
        { [2, 4, 9, 31], [11, 3, 5], [0, 2], true },
        { [1, 2, 5, 5], [3, 5, 5], [0, 0], true },
        { [5, 15, 8, 8], [32, 3, 3], [1, 1], true },
        { [2, 1, 1, 40], [2, 1, 7], [0, 6], true },
        { [2, 1, 40, 1], [2, 7, 1], [6, 0], false },
        { [9, 3, 20, 20], [17, 4, 4], [3, 1], true },
        { [4, 2, 3, 3], [1, 3, 3], [2, 2], false },
        { [2, 16, 9, 9], [32, 3, 3], [1, 1], true },
    };

    public static TheoryData<long[], long, long, long> Pools => new()
    {
        { [4, 6, 28, 28], 2, 2, 0 },
        { [4, 16, 10, 10], 2, 2, 0 },
        { [3, 2, 7, 9], 2, 2, 0 },
        { [2, 3, 65, 67], 2, 2, 0 },
        { [2, 5, 16, 16], 3, 2, 1 },
        { [2, 3, 9, 9], 3, 1, 1 },
        { [2, 3, 11, 11], 2, 3, 1 },
    };

    [Theory]
    [MemberData(nameof(Convolutions))]
    public void Conv2d_Float32_AgreesWithFloat64(long[] pictures, long[] kernels, long[] padding, bool bias)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(1);
        Tensor[] inputs = bias
            ? [randn(pictures), randn([kernels[0], pictures[1], kernels[1], kernels[2]]), randn(kernels[0])]
            : [randn(pictures), randn([kernels[0], pictures[1], kernels[1], kernels[2]])];

        AssertAgree(inputs, x => functional.conv2d(x[0], x[1], bias ? x[2] : null, strides: [1, 1], padding: padding));
    }

    [Theory]
    [MemberData(nameof(Pools))]
    public void MaxPool2d_Float32_AgreesWithFloat64(long[] pictures, long kernel, long stride, long padding)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(1);

        AssertAgree([randn(pictures)], x => functional.max_pool2d(x[0], kernel, stride, padding));
    }

    [Fact]
    public void MaxPool2d_EqualValues_TheFirstTakesTheGradient()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones([1, 1, 2, 4], requires_grad: true);

        functional.max_pool2d(x, 2).sum().backward();

        Assert.Equal([1f, 0, 1, 0, 0, 0, 0, 0], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void MaxPool2d_NotANumber_IsTheGreatest()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor([1f, float.NaN, 3f, 2f, 9f, 7f, 8f, 5f]).reshape(1, 1, 2, 4);

        float[] greatest = functional.max_pool2d(x, 2).data<float>().ToArray();

        Assert.Equal([float.NaN, 8f], greatest);
    }

    [Fact]
    public void Conv2d_BackwardTwice_GivesTheSameGradientsTwice()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = randn([2, 1, 8, 8], requires_grad: true);
        Tensor weight = randn([3, 1, 5, 5], requires_grad: true);
        Tensor y = functional.max_pool2d(functional.conv2d(x, weight, padding: [2, 2]), 2).sum();

        y.backward(null, retain_graph: true);
        Tensor first = weight.grad!.clone();
        y.backward();

        Assert.True(weight.grad!.allclose(first * 2, rtol: 0, atol: 0));
    }

    [Fact]
    public void ConvAndPool_GradientOfAGradient_AgreesWithFloat64()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(1);
        Tensor[] inputs = [randn([2, 2, 8, 8]), randn([3, 2, 3, 3]), randn(3)];

        AssertAgree(
            inputs,
            x =>
            {
                Tensor y = functional.max_pool2d(functional.conv2d(x[0], x[1], x[2], padding: [1, 1]).pow(3), 2).sum();
                return autograd.grad([y], [x[0]], create_graph: true)[0];
            });
    }

    [Fact]
    public void ConvAndPool_TwiceOnTwoThreads_GiveTheSameBits()
    {
        int threads = get_num_threads();
        try
        {
            set_num_threads(2);

            Assert.Equal(Gradients(), Gradients());
        }
        finally
        {
            set_num_threads(threads);
        }

        static float[] Gradients()
        {
            using DisposeScope scope = NewDisposeScope();
            manual_seed(1);
            Tensor x = randn([37, 3, 28, 28], requires_grad: true);
            Tensor weight = randn([6, 3, 5, 5], requires_grad: true);
            functional.max_pool2d(functional.conv2d(x, weight, padding: [2, 2]), 2).square().sum().backward();
            return [.. weight.grad!.data<float>().ToArray(), .. x.grad!.data<float>().ToArray()];
        }
    }

    // The function's value and its gradients for every input that takes part, in both precisions.
    private static void AssertAgree(Tensor[] inputs, Func<Tensor[], Tensor> function)
    {
        Tensor[] single = Compute(inputs, ScalarType.Float32, function);
        Tensor[] twice = Compute(inputs, ScalarType.Float64, function);
        for (int i = 0; i < single.Length; i++)
        {
            double scale = twice[i].abs().max().item<double>();
            double error = (single[i].to(ScalarType.Float64) - twice[i]).abs().max().item<double>();
            Assert.Equal(twice[i].shape, single[i].shape);
            Assert.True(error <= Tolerance * scale, $"{(i == 0 ? "value" : $"gradient {i - 1}")}: off by {error} of {scale}");
        }
    }

    private static Tensor[] Compute(Tensor[] inputs, ScalarType type, Func<Tensor[], Tensor> function)
    {
        Tensor[] leaves = [.. inputs.Select(input => input.to(type).detach().clone().requires_grad_())];
        Tensor value = function(leaves);
        // A weight of its own for every place, or a mistake that only moves values about would not show.
        (value * linspace(0.5, 1.5, value.numel(), type).reshape(value.shape)).sum().backward();
        return [value.detach(), .. leaves.Select(leaf => leaf.grad!)];
    }
}
