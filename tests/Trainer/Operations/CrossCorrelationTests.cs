using TorchSharp;
using static Granary.Trainer.Tests.Operations.ByHand;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Granary.Trainer.Tests.Operations;

/// <summary>Seed text 003, "cross-correlation" and "several inputs and outputs": by hand and by the layer.</summary>
public sealed class CrossCorrelationTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Correlate_ZeroToEightWithTwoByTwo_GivesThePrintedValues()
    {
        Tensor kernel = tensor([0f, 1, 2, 3], [2, 2]);

        Assert.Equal([19f, 25, 37, 43], Correlate(ZeroToEight(), kernel).Values());
        Assert.Equal([19f, 25, 37, 43], F.conv2d(ZeroToEight().view(1, 1, 3, 3), kernel.view(1, 1, 2, 2)).Values());
    }

    [Fact]
    public void Correlate_TwoInputChannels_AddsThemUp()
    {
        Assert.Equal([56f, 72, 104, 120], CorrelateChannels(TwoChannels(), TwoChannelKernel()).Values());
        Assert.Equal([56f, 72, 104, 120], F.conv2d(TwoChannels().unsqueeze(0), TwoChannelKernel().unsqueeze(0)).Values());
    }

    [Fact]
    public void Correlate_ThreeOutputChannels_HasAKernelForEach()
    {
        Tensor kernels = stack([TwoChannelKernel(), TwoChannelKernel() + 1, TwoChannelKernel() + 2]);

        Tensor result = F.conv2d(TwoChannels().unsqueeze(0), kernels);

        Assert.Equal([1L, 3, 2, 2], result.shape);
        Assert.Equal([56f, 72, 104, 120, 76, 100, 148, 172, 96, 128, 192, 224], result.Values());
    }

    [Fact]
    public void OneByOneConvolution_IsALinearLayerAtEveryPlace()
    {
        manual_seed(3);
        Tensor x = randn(3, 4, 5);
        Tensor kernel = randn(2, 3, 1, 1);

        // The text's corr2d_multi_in_out_1x1.
        Tensor product = matmul(kernel.view(2, 3), x.view(3, 20)).view(1, 2, 4, 5);

        AssertClose(product, F.conv2d(x.unsqueeze(0), kernel));
    }

    [Fact]
    public void Convolution_TurnedKernel_IsTheMathematicalOne()
    {
        // The text: a convolution turns its kernel by half a turn, cross-correlation does not.
        Tensor kernel = tensor([0f, 1, 2, 3], [1, 1, 2, 2]);

        // (f * g)(1, 1) = sum of f(a, b) g(1 - a, 1 - b) = 0*4 + 1*3 + 2*1 + 3*0
        Assert.Equal(5f, F.conv2d(ZeroToEight().view(1, 1, 3, 3), kernel.flip(2, 3)).Values()[0]);
    }

    [Fact]
    public void Layer_WeightAndBias_AreAppliedAsTheText()
    {
        manual_seed(4);
        using var layer = nn.Conv2d(2, 3, 3);
        Tensor x = randn(2, 6, 7);

        Tensor expected = stack([.. Enumerable.Range(0, 3).Select(o => CorrelateChannels(x, layer.weight[o]).add(layer.bias![o]))]);

        AssertClose(expected.unsqueeze(0), layer.call(x.unsqueeze(0)));
    }

    private static Tensor TwoChannels() => stack([ZeroToEight(), ZeroToEight() + 1]);

    private static Tensor TwoChannelKernel() => tensor([0f, 1, 2, 3, 1, 2, 3, 4], [2, 2, 2]);
}
