using TorchSharp;
using static Granary.Trainer.Tests.Operations.ByHand;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Granary.Trainer.Tests.Operations;

/// <summary>Grouped, depthwise separable and transposed convolutions of seed text 001.</summary>
public sealed class GroupsAndTransposedTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(3, 64, 1, 1_728)]
    // 001 prints 576 for this one, which its own formula (4/2) * (64/2) * 9 * 2 does not give.
    [InlineData(4, 64, 2, 1_152)]
    [InlineData(64, 128, 1, 73_728)]
    [InlineData(64, 64, 64, 576)]
    public void Groups_Weights_AreAsManyAsTheFormulaSays(int inputs, int outputs, int groups, long expected)
    {
        using var layer = nn.Conv2d(inputs, outputs, 3, groups: groups, bias: false);

        Assert.Equal(expected, layer.weight.numel());
        Assert.Equal([outputs, inputs / groups, 3L, 3], layer.weight.shape);
        Assert.Equal([1L, outputs, 30, 30], layer.call(zeros(1, inputs, 32, 32)).shape);
    }

    [Fact]
    public void Groups_Two_AreTwoConvolutionsSideBySide()
    {
        manual_seed(6);
        using var layer = nn.Conv2d(4, 64, 3, groups: 2);
        Tensor x = randn(1, 4, 32, 32);

        Tensor halves = cat(
            [
                F.conv2d(x.narrow(1, 0, 2), layer.weight.narrow(0, 0, 32), layer.bias!.narrow(0, 0, 32)),
                F.conv2d(x.narrow(1, 2, 2), layer.weight.narrow(0, 32, 32), layer.bias!.narrow(0, 32, 32)),
            ],
            1);

        AssertClose(halves, layer.call(x), 1e-4);
    }

    [Fact]
    public void DepthwiseSeparable_64To128_HasTheTextsWeights()
    {
        using var depthwise = nn.Conv2d(64, 64, 3, padding: 1, groups: 64, bias: false);
        using var pointwise = nn.Conv2d(64, 128, 1, bias: false);

        Assert.Equal((576L, 8_192L), (depthwise.weight.numel(), pointwise.weight.numel()));
        Assert.Equal(8_768, depthwise.weight.numel() + pointwise.weight.numel());
        Assert.Equal([1L, 128, 32, 32], pointwise.call(depthwise.call(zeros(1, 64, 32, 32))).shape);
    }

    [Fact]
    public void Depthwise_EachChannel_HasItsOwnKernel()
    {
        manual_seed(7);
        using var layer = nn.Conv2d(3, 3, 3, groups: 3, bias: false);
        Tensor x = randn(3, 6, 6);

        Tensor expected = stack([.. Enumerable.Range(0, 3).Select(channel => Correlate(x[channel], layer.weight[channel][0]))]);

        AssertClose(expected.unsqueeze(0), layer.call(x.unsqueeze(0)));
    }

    [Fact]
    public void Transposed_Kernel4Stride2Padding1_Doubles16To32()
    {
        // 001: (16 - 1) * 2 - 2 * 1 + 4 = 32.
        using var layer = nn.ConvTranspose2d(64, 32, 4, stride: 2, padding: 1);

        Assert.Equal([1L, 32, 32, 32], layer.call(zeros(1, 64, 16, 16)).shape);
    }

    [Fact]
    public void Transposed_TwoByTwo_SpreadsTheKernelOverTheOutput()
    {
        // Every input element lays down the kernel, multiplied by itself.
        Tensor x = tensor([0f, 1, 2, 3], [1, 1, 2, 2]);
        Tensor kernel = tensor([0f, 1, 2, 3], [1, 1, 2, 2]);

        Assert.Equal([0f, 0, 1, 0, 4, 6, 4, 12, 9], F.conv_transpose2d(x, kernel).Values());
        Assert.Equal([0f, 0, 0, 1, 0, 0, 2, 3, 0, 2, 0, 3, 4, 6, 6, 9], F.conv_transpose2d(x, kernel, strides: [2]).Values());
    }

    [Fact]
    public void Transposed_AnyConvolution_IsItsAdjoint()
    {
        // <conv(x), y> = <x, transposed(y)> for the same kernel, stride and padding: that is what the name means.
        manual_seed(8);
        Tensor x = randn([1, 2, 8, 8], ScalarType.Float64);
        Tensor kernel = randn([3, 2, 4, 4], ScalarType.Float64);
        Tensor convolved = F.conv2d(x, kernel, strides: [2], padding: [1]);
        Tensor y = randn_like(convolved);

        double left = (convolved * y).sum().item<double>();
        double right = (x * F.conv_transpose2d(y, kernel, strides: [2], padding: [1])).sum().item<double>();

        Assert.Equal(left, right, 1e-9);
    }
}
