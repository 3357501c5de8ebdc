using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Conformance.TorchSharp.Tests;

/// <summary>
/// Layers whose tensors are channels-last or bfloat16 give what they give row by row in float32, for shapes that an implementation has
/// special code for.
/// </summary>
public sealed class LayerFormatTests
{
    public static TheoryData<long[], long[]> Convolutions => new()
    {
        // Pictures (N, C, H, W), kernels (O, kH, kW): LeNet's two, one of three colours, one with many channels.
        { [4, 1, 28, 28], [6, 5, 5] },
        { [4, 6, 14, 14], [16, 5, 5] },
        { [3, 3, 17, 9], [7, 3, 3] },
        { [2, 32, 9, 9], [32, 3, 3] },
    };

    [Theory]
    [MemberData(nameof(Convolutions))]
    public void Conv2d_EitherOrChannelsLast_GivesTheSame(long[] pictures, long[] kernels)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(1);
        Tensor x = randn(pictures), weight = randn([kernels[0], pictures[1], kernels[1], kernels[2]]), bias = randn(kernels[0]);
        Tensor[] expected = Compute([x, weight, bias], Convolve);

        AssertClose(expected, Compute([ChannelsLast(x), weight, bias], Convolve), 1e-5);
        AssertClose(expected, Compute([x, ChannelsLast(weight), bias], Convolve), 1e-5);
        AssertClose(expected, Compute([ChannelsLast(x), ChannelsLast(weight), bias], Convolve), 1e-5);
    }

    // Both sides multiply the same rounded numbers; the result is rounded once more, by 2^-9 of itself, and gradients twice.
    [Theory]
    [MemberData(nameof(Convolutions))]
    public void Conv2d_BFloat16_IsThatOfRoundedNumbersRounded(long[] pictures, long[] kernels)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(1);
        Tensor[] rounded =
        [
            .. new[] { randn(pictures), randn([kernels[0], pictures[1], kernels[1], kernels[2]]), randn(kernels[0]) }.Select(tensor => tensor.bfloat16()),
        ];
        Tensor[] expected = Compute([.. rounded.Select(tensor => tensor.to(ScalarType.Float32))], Convolve);

        Tensor[] actual = Compute(rounded, Convolve);

        Assert.All(actual, tensor => Assert.Equal(ScalarType.BFloat16, tensor.dtype));
        AssertClose(expected, actual, 1.0 / 256);
    }

    [Fact]
    public void MaxPool2d_ChannelsLastAndBFloat16_ChooseTheSame()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(1);
        Tensor x = randn(3, 5, 12, 10).bfloat16().to(ScalarType.Float32);
        Tensor[] expected = Compute([x], Pool);

        AssertClose(expected, Compute([ChannelsLast(x)], Pool), 0);
        AssertClose([expected[0]], [Compute([x.bfloat16()], Pool)[0]], 0);
        AssertClose([expected[0]], [Compute([ChannelsLast(x.bfloat16())], Pool)[0]], 0);

        static Tensor Pool(Tensor[] tensors) => functional.max_pool2d(tensors[0], 2, 2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void BatchNorm2d_ChannelsLastAndBFloat16_NormaliseTheSame(bool training)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(1);
        Tensor x = (randn(6, 5, 8, 8) + 3).bfloat16().to(ScalarType.Float32);
        Tensor weight = rand(5) + 0.5, bias = randn(5);
        Tensor[] expected = Compute([x, weight, bias], Normalise);

        AssertClose(expected, Compute([ChannelsLast(x), weight, bias], Normalise), 1e-5);
        // Parameters stay float32; what goes in and comes out is rounded, and what goes back up to three times, by 2^-8 together.
        AssertClose(expected, Compute([x.bfloat16(), weight, bias], Normalise), 3.0 / 256);
        AssertClose(expected, Compute([ChannelsLast(x.bfloat16()), weight, bias], Normalise), 3.0 / 256);

        Tensor Normalise(Tensor[] tensors) =>
            functional.batch_norm(tensors[0], ones(5), full([5], 2f), tensors[1], tensors[2], training);
    }

    // Cast to bfloat16 and a permutation on the way in, as mixed precision does it: the leaf's gradient is as the leaf is.
    [Fact]
    public void Backward_ThroughACastAndAnOrder_ReachesAFloat32Leaf()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(1);
        Tensor weight = randn([4, 3, 3, 3], requires_grad: true);

        functional.conv2d(ChannelsLast(randn(2, 3, 8, 8).bfloat16()), ChannelsLast(weight.bfloat16())).to(ScalarType.Float32).sum().backward();

        Assert.Equal(ScalarType.Float32, weight.grad!.dtype);
        Assert.Equal(weight.shape, weight.grad.shape);
        Assert.True(weight.grad.is_contiguous());
    }

    private static Tensor Convolve(Tensor[] tensors) => functional.conv2d(tensors[0], tensors[1], tensors[2], padding: [1, 1]);

    private static Tensor ChannelsLast(Tensor tensor) => tensor.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    // The value, and the gradient of every input.
    private static Tensor[] Compute(Tensor[] inputs, Func<Tensor[], Tensor> function)
    {
        Tensor[] leaves = [.. inputs.Select(input => input.detach().requires_grad_())];
        Tensor value = function(leaves);
        // A weight of its own for every place, none of which bfloat16 rounds, or a mistake that only moves values about would not show.
        Tensor weights = (arange(value.numel()).remainder(37) + 1).to(value.dtype).reshape(value.shape);
        (value * weights).sum().backward();
        return [value.detach(), .. leaves.Select(leaf => leaf.grad!)];
    }

    private static void AssertClose(Tensor[] expected, Tensor[] actual, double tolerance)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            double scale = expected[i].abs().max().item<float>();
            double error = (actual[i].to(ScalarType.Float32) - expected[i]).abs().max().item<float>();
            Assert.Equal(expected[i].shape, actual[i].shape);
            Assert.True(error <= tolerance * scale, $"{(i == 0 ? "value" : $"gradient {i - 1}")}: off by {error} of {scale}");
        }
    }
}
