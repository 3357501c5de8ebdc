using Granary.Trainer.Models.Summary;

namespace Granary.Trainer.Tests.Models.Summary;

public sealed class LayerFormulasTests
{
    // Seed text 001: 3x3 convolutions of 32x32 with dilation 1, 2, 3; stride 1, 2, 3 with padding 1. Text 003: LeNet's and AlexNet's layers
    // and the 4x4 poolings.
    [Theory]
    [InlineData(32, 3, 1, 0, 1, 30)]
    [InlineData(32, 3, 1, 0, 2, 28)]
    [InlineData(32, 3, 1, 0, 3, 26)]
    [InlineData(32, 3, 1, 1, 1, 32)]
    [InlineData(32, 3, 2, 1, 1, 16)]
    [InlineData(32, 3, 3, 1, 1, 11)]
    [InlineData(28, 5, 1, 2, 1, 28)]
    [InlineData(224, 11, 4, 1, 1, 54)]
    [InlineData(224, 11, 4, 2, 1, 55)]
    [InlineData(54, 3, 2, 0, 1, 26)]
    [InlineData(4, 3, 2, 1, 1, 2)]
    [InlineData(2, 3, 1, 0, 1, 0)]
    public void OutputSize_Window_IsTheFormulas(long size, long kernel, long stride, long padding, long dilation, long expected) =>
        Assert.Equal(expected, LayerFormulas.OutputSize(size, new Window(kernel, stride, padding, dilation)));

    // PyTorch 1.13: torch.nn.MaxPool2d(kernel, stride, padding, ceil_mode=True) of an n x n picture.
    [Theory]
    [InlineData(112, 3, 2, 0, 56)]
    [InlineData(56, 3, 2, 0, 28)]
    [InlineData(7, 2, 2, 0, 4)]
    [InlineData(5, 2, 3, 0, 2)]
    [InlineData(5, 2, 3, 1, 2)]
    [InlineData(6, 2, 4, 1, 2)]
    [InlineData(7, 2, 4, 0, 2)]
    public void OutputSize_Ceil_CountsWindowsThatBeginInside(long size, long kernel, long stride, long padding, long expected) =>
        Assert.Equal(expected, LayerFormulas.OutputSize(size, new Window(kernel, stride, padding), ceil: true));

    // Text 003, table of AlexNet's parameters.
    [Theory]
    [InlineData(3, 96, 11, 34_944)]
    [InlineData(96, 256, 5, 614_656)]
    [InlineData(256, 384, 3, 885_120)]
    [InlineData(384, 384, 3, 1_327_488)]
    [InlineData(384, 256, 3, 884_992)]
    public void ConvolutionParameters_OfAlexNet_AreTheTextsTable(long channels, long outputs, long kernel, long expected) =>
        Assert.Equal(expected, LayerFormulas.ConvolutionParameters(channels, outputs, kernel * kernel));

    [Theory]
    [InlineData(256 * 6 * 6, 4096, 37_752_832)]
    [InlineData(4096, 4096, 16_781_312)]
    [InlineData(4096, 1000, 4_097_000)]
    public void LinearParameters_OfAlexNet_AreTheTextsTable(long inputs, long outputs, long expected) =>
        Assert.Equal(expected, LayerFormulas.LinearParameters(inputs, outputs));

    // Text 003, NiN's first convolutions without biases.
    [Theory]
    [InlineData(1, 96, 11, 11_616)]
    [InlineData(96, 256, 5, 614_400)]
    [InlineData(256, 384, 3, 884_736)]
    public void ConvolutionParameters_OfNin_AreTheTexts(long channels, long outputs, long kernel, long expected) =>
        Assert.Equal(expected, LayerFormulas.ConvolutionParameters(channels, outputs, kernel * kernel, bias: false));

    // Text 001: 64 to 128 channels, 3x3, in one step and as a depthwise and a 1x1 convolution; 4 to 64 in two groups (the text prints 576,
    // half of what its layer has).
    [Fact]
    public void ConvolutionParameters_GroupsAndDepthwiseSeparable_AreTheTexts()
    {
        long depthwise = LayerFormulas.ConvolutionParameters(64, 64, 9, groups: 64, bias: false);
        long pointwise = LayerFormulas.ConvolutionParameters(64, 128, 1, bias: false);

        Assert.Equal((576, 8_192, 8_768), (depthwise, pointwise, depthwise + pointwise));
        Assert.Equal(73_728, LayerFormulas.ConvolutionParameters(64, 128, 9, bias: false));
        Assert.Equal(1_152, LayerFormulas.ConvolutionParameters(4, 64, 9, groups: 2, bias: false));
    }

    // Text 003, table of AlexNet's multiply-accumulates: 105M and 448M for the first two. For the other three it prints 298M, 447M, 298M, about
    // twice what its own formula gives for the 13x13 outputs of its table of parameters.
    [Theory]
    [InlineData(3, 96, 11, 55, 105_415_200)]
    [InlineData(96, 256, 5, 27, 447_897_600)]
    [InlineData(256, 384, 3, 13, 149_520_384)]
    [InlineData(384, 384, 3, 13, 224_280_576)]
    [InlineData(384, 256, 3, 13, 149_520_384)]
    public void ConvolutionMacs_OfAlexNet_AreKernelTimesChannelsTimesOutputs(long channels, long outputs, long kernel, long size, long expected) =>
        Assert.Equal(expected, LayerFormulas.ConvolutionMacs(channels, outputs, kernel * kernel, size * size));

    [Fact]
    public void ConvolutionMacs_Groups_ShareThem() => Assert.Equal(
        LayerFormulas.ConvolutionMacs(64, 128, 9, 100) / 4, LayerFormulas.ConvolutionMacs(64, 128, 9, 100, groups: 4));

    // Text 003: Mem = ci h w + co ci kh kw + co H W + co; here AlexNet's first layer.
    [Fact]
    public void ForwardNumbers_OfAConvolution_AreInputParametersAndOutput() => Assert.Equal(
        (3 * 224 * 224) + (96 * 3 * 11 * 11) + (96 * 55 * 55) + 96,
        LayerFormulas.ForwardNumbers(3 * 224 * 224, LayerFormulas.ConvolutionParameters(3, 96, 121), 96 * 55 * 55));
}
