using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Conformance.TorchSharp.Tests;

/// <summary>Layers with more than one axis or choice; the values are PyTorch 1.13's.</summary>
public sealed class ConvolutionTests
{
    [Fact]
    public void ConvTranspose2d_NumbersPerAxis_AreUsedPerAxis()
    {
        using var layer = nn.ConvTranspose2d(1, 1, (2, 3), stride: (2, 3), padding: (0, 1), output_padding: (1, 0), bias: false);
        using (no_grad()) layer.weight.copy_(arange(6, dtype: ScalarType.Float32).view(1, 1, 2, 3));
        using Tensor x = arange(4, dtype: ScalarType.Float32).view(1, 1, 2, 2);

        using Tensor y = layer.call(x);

        Assert.Equal([1, 1, 5, 4], y.shape);
        Assert.Equal([0f, 0, 0, 1, 0, 0, 3, 4, 2, 4, 0, 3, 8, 10, 9, 12, 0, 0, 0, 0], y.data<float>().ToArray());
    }

    [Theory]
    [InlineData(null, new long[] { 1, 1, 3, 3 })]
    [InlineData(new long[] { 4, 4 }, new long[] { 1, 1, 4, 4 })]
    [InlineData(new long[] { 1, 1, 3, 4 }, new long[] { 1, 1, 3, 4 })]
    public void ConvTranspose2d_OutputSize_IsReached(long[]? outputSize, long[] expected)
    {
        using var layer = nn.ConvTranspose2d(1, 1, 3, stride: 2, padding: 1);
        using Tensor x = zeros([1, 1, 2, 2]);

        using Tensor y = layer.forward(x, outputSize);

        Assert.Equal(expected, y.shape);
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(2, 3)]
    public void ConvTranspose2d_OutputSizeBeyondTheStride_IsRefused(long height, long width)
    {
        using var layer = nn.ConvTranspose2d(1, 1, 3, stride: 2, padding: 1);
        using Tensor x = zeros([1, 1, 2, 2]);

        Assert.Throws<ArgumentException>(() => layer.forward(x, [height, width]));
    }

    [Fact]
    public void ConvTranspose2d_OtherPaddingThanZeros_IsRefused() =>
        Assert.ThrowsAny<Exception>(() => nn.ConvTranspose2d(1, 1, 3, padding_mode: PaddingModes.Reflect));

    [Theory]
    [InlineData(PaddingModes.Zeros, new[] { 210f, 321, 432, 43 }, new[] { 3f, 5, 7, 4 })]
    [InlineData(PaddingModes.Reflect, new[] { 212f, 321, 432, 343 }, new[] { 3f, 5, 7, 7 })]
    [InlineData(PaddingModes.Replicate, new[] { 211f, 321, 432, 443 }, new[] { 3f, 5, 7, 8 })]
    [InlineData(PaddingModes.Circular, new[] { 214f, 321, 432, 143 }, new[] { 3f, 5, 7, 5 })]
    public void Conv2d_SameWithAPaddingMode_LaysThatBorder(PaddingModes mode, float[] odd, float[] even)
    {
        using Tensor x = tensor([1f, 2, 3, 4], [1, 1, 1, 4]);
        using var three = nn.Conv2d(1, 1, (1, 3), Padding.Same, padding_mode: mode, bias: false);
        using var two = nn.Conv2d(1, 1, (1, 2), Padding.Same, padding_mode: mode, bias: false);
        using (no_grad())
        {
            three.weight.copy_(tensor([1f, 10, 100], [1, 1, 1, 3]));
            two.weight.fill_(1);
        }

        Assert.Equal(odd, three.call(x).detach().data<float>().ToArray());
        Assert.Equal(even, two.call(x).detach().data<float>().ToArray());
    }

    [Fact]
    public void AdaptiveMaxPool2d_WithIndices_GivesThePlacesInThePlane()
    {
        using var layer = nn.AdaptiveMaxPool2d([2, 2]);
        using Tensor x = tensor([1f, 5, 2, 4, 3, 6, 9, 7, 8], [1, 1, 3, 3]);

        (Tensor output, Tensor indices) = layer.forward_with_indices(x);

        Assert.Equal([5f, 6, 9, 8], output.data<float>().ToArray());
        Assert.Equal([1L, 5, 6, 8], indices.data<long>().ToArray());
    }
}
