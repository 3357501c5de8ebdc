using TorchSharp;
using static Granary.Trainer.Tests.Operations.ByHand;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Granary.Trainer.Tests.Operations;

/// <summary>Maximum, average and adaptive pooling of seed texts 003 and 001.</summary>
public sealed class PoolingTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Pooling_TwoByTwo_GivesThePrintedMaximaAndMeans()
    {
        Tensor x = ZeroToEight();
        Assert.Equal([4f, 5, 7, 8], OverWindows(x, 2, 2, window => window.max()).Values());
        Assert.Equal([2f, 3, 5, 6], OverWindows(x, 2, 2, window => window.mean()).Values());

        Assert.Equal([4f, 5, 7, 8], nn.MaxPool2d(2, stride: 1).call(x.view(1, 1, 3, 3)).Values());
        Assert.Equal([2f, 3, 5, 6], nn.AvgPool2d(2, stride: 1).call(x.view(1, 1, 3, 3)).Values());
    }

    [Fact]
    public void MaxPool_WithoutStride_StepsByItsWindow() => Assert.Equal([10f], nn.MaxPool2d(3).call(ZeroToFifteen()).Values());

    [Fact]
    public void MaxPool_PaddingAndStride_GivesThePrintedCorners()
    {
        Assert.Equal([5f, 7, 13, 15], nn.MaxPool2d(3, stride: 2, padding: 1).call(ZeroToFifteen()).Values());
        Assert.Equal([5f, 7, 13, 15], nn.MaxPool2d((2, 3), stride: (2, 3), padding: (0, 1)).call(ZeroToFifteen()).Values());
    }

    [Fact]
    public void MaxPool_TwoChannels_PoolsEachByItself()
    {
        Tensor two = cat([ZeroToFifteen(), ZeroToFifteen() + 1], 1);

        Tensor pooled = nn.MaxPool2d(3, stride: 2, padding: 1).call(two);

        Assert.Equal([1L, 2, 2, 2], pooled.shape);
        Assert.Equal([5f, 7, 13, 15, 6, 8, 14, 16], pooled.Values());
    }

    [Fact]
    public void MaxPool_NegativeInput_IsNotBeatenByThePadding()
    {
        // Padding of a maximum is minus infinity, not zero.
        Assert.Equal([-1f], nn.MaxPool2d(3, stride: 3, padding: 1).call(full([1, 1, 2, 2], -1f)).Values());
    }

    [Fact]
    public void AvgPool_Padding_CountsItsZerosUnlessToldOtherwise()
    {
        Tensor x = ones(1, 1, 2, 2);

        // Four ones of nine places; four of four.
        Assert.Equal(4f / 9, nn.AvgPool2d(3, stride: 3, padding: 1).call(x).item<float>(), 6);
        Assert.Equal(1f, nn.AvgPool2d(3, stride: 3, padding: 1, count_include_pad: false).call(x).item<float>());
    }

    [Fact]
    public void MaxPool_CeilMode_KeepsTheLastWindow()
    {
        Assert.Equal([1L, 1, 1, 1], nn.MaxPool2d(2, stride: 3).call(ZeroToFifteen()).shape);
        Assert.Equal([5f, 7, 13, 15], nn.MaxPool2d(2, stride: 3, ceil_mode: true).call(ZeroToFifteen()).Values());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Pooling_32To16_IsTheTexts(bool max)
    {
        using nn.Module<Tensor, Tensor> layer = max ? nn.MaxPool2d(2, stride: 2) : nn.AvgPool2d(2, stride: 2);

        Assert.Equal([1L, 64, 16, 16], layer.call(zeros(1, 64, 32, 32)).shape);
    }

    [Fact]
    public void AdaptivePooling_AnySize_GivesTheWantedOne()
    {
        // 001: (1, 64, 32, 32) to 7x7 and to 1x1.
        Tensor x = rand(1, 64, 32, 32);

        Assert.Equal([1L, 64, 7, 7], nn.AdaptiveAvgPool2d((7, 7)).call(x).shape);
        Assert.Equal([1L, 64, 7, 7], nn.AdaptiveMaxPool2d([7, 7]).call(x).shape);
        AssertClose(x.mean([2L, 3], keepdim: true), nn.AdaptiveAvgPool2d(1).call(x));
        AssertClose(x.amax(2, 3).view(1, 64, 1, 1), nn.AdaptiveMaxPool2d([1, 1]).call(x));
    }

    [Fact]
    public void AdaptivePooling_Thirds_TakesWindowsThatOverlap()
    {
        // Place i of 3 over 4 elements goes from floor(4i / 3) to ceil(4(i + 1) / 3): 0-1, 1-2, 2-3.
        Tensor row = tensor([1f, 2, 3, 4], [1, 1, 1, 4]);

        Assert.Equal([1.5f, 2.5f, 3.5f], F.adaptive_avg_pool2d(row, [1, 3]).Values());
        Assert.Equal([2f, 3, 4], F.adaptive_max_pool2d(row, [1, 3]).Values());
    }

    // The text's 4x4 input.
    private static Tensor ZeroToFifteen() => arange(16, dtype: ScalarType.Float32).view(1, 1, 4, 4);
}
