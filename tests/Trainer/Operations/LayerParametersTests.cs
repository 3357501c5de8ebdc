using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Operations;

/// <summary>Parameters of each layer: the tables of seed text 003.</summary>
public sealed class LayerParametersTests
{
    // (k * k * inputs) * outputs + outputs; the AlexNet table of 003, three channels and 1000 classes.
    [Theory]
    [InlineData(3, 96, 11, 34_944)]
    [InlineData(96, 256, 5, 614_656)]
    [InlineData(256, 384, 3, 885_120)]
    [InlineData(384, 384, 3, 1_327_488)]
    [InlineData(384, 256, 3, 884_992)]
    // 003 on NiN's first layer, one channel: 11,616 weights, and a bias per output. Its next two are AlexNet's.
    [InlineData(1, 96, 11, 11_712)]
    public void Convolution_HasTheFormulasParameters(int inputs, int outputs, int kernel, long expected)
    {
        using var layer = nn.Conv2d(inputs, outputs, kernel);

        Assert.Equal(expected, Parameters(layer));
    }

    [Theory]
    [InlineData(256 * 6 * 6, 4096, 37_752_832)]
    [InlineData(4096, 4096, 16_781_312)]
    [InlineData(4096, 1000, 4_097_000)]
    public void Linear_HasTheFormulasParameters(int inputs, int outputs, long expected)
    {
        using var layer = nn.Linear(inputs, outputs);

        Assert.Equal(expected, Parameters(layer));
    }

    [Fact]
    public void BatchNorm_HasAScaleAndAShiftPerChannel()
    {
        using var layer = nn.BatchNorm2d(64);

        Assert.Equal(128, Parameters(layer));
    }

    [Fact]
    public void StackedKernels_NeedFewerWeightsThanOneOfTheirField()
    {
        // 001: two 3x3 see 5x5 with 18 weights against 25, three see 7x7 with 27 against 49.
        using var small = nn.Conv2d(1, 1, 3, bias: false);
        using var five = nn.Conv2d(1, 1, 5, bias: false);
        using var seven = nn.Conv2d(1, 1, 7, bias: false);

        Assert.Equal((18L, 25L), (2 * Parameters(small), Parameters(five)));
        Assert.Equal((27L, 49L), (3 * Parameters(small), Parameters(seven)));
    }

    private static long Parameters(nn.Module layer) => layer.parameters().Sum(parameter => parameter.numel());
}
