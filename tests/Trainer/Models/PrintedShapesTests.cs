namespace Granary.Trainer.Tests.Models;

/// <summary>Output shapes that the seed texts print, for the networks without a family test of their own.</summary>
public sealed class PrintedShapesTests
{
    // Text 003, LeNet with sigmoid.
    [Fact]
    public void LeNet_28_AreThePrintedOnes() => Assert.Equal(
        [
            "(1, 6, 28, 28)", "(1, 6, 28, 28)", "(1, 6, 14, 14)", "(1, 16, 10, 10)", "(1, 16, 10, 10)", "(1, 16, 5, 5)", "(1, 400)",
            "(1, 120)", "(1, 120)", "(1, 84)", "(1, 84)", "(1, 10)",
        ],
        PrintedShapes.Of("lenet", 1, 28).Values);

    // Text 003, AlexNet.
    [Fact]
    public void AlexNetD2l_224_AreThePrintedOnes() => Assert.Equal(
        [
            "(1, 96, 54, 54)", "(1, 96, 54, 54)", "(1, 96, 26, 26)", "(1, 256, 26, 26)", "(1, 256, 26, 26)", "(1, 256, 12, 12)",
            "(1, 384, 12, 12)", "(1, 384, 12, 12)", "(1, 384, 12, 12)", "(1, 384, 12, 12)", "(1, 256, 12, 12)", "(1, 256, 12, 12)",
            "(1, 256, 5, 5)", "(1, 6400)", "(1, 4096)", "(1, 4096)", "(1, 4096)", "(1, 4096)", "(1, 4096)", "(1, 4096)", "(1, 10)",
        ],
        PrintedShapes.Of("alexnet-d2l", 1, 224).Values);

    // Text 003, VGG-11: its five blocks end at these stages, then the classifier.
    [Fact]
    public void Vgg11_224_AreThePrintedOnes()
    {
        Dictionary<string, string> shapes = PrintedShapes.Of("vgg11", 1, 224);

        Assert.Equal(
            ["(1, 64, 112, 112)", "(1, 128, 56, 56)", "(1, 256, 28, 28)", "(1, 512, 14, 14)", "(1, 512, 7, 7)"],
            new[] { "features.2", "features.5", "features.10", "features.15", "features.20" }.Select(stage => shapes[stage]));
        Assert.Equal(
            ["(1, 25088)", "(1, 4096)", "(1, 4096)", "(1, 4096)", "(1, 4096)", "(1, 4096)", "(1, 4096)", "(1, 10)"], shapes.Values.TakeLast(8));
    }

    // Text 003, NiN: each block ends with its last ReLU.
    [Theory]
    [InlineData("block1.5", "(1, 96, 54, 54)")]
    [InlineData("pool1", "(1, 96, 26, 26)")]
    [InlineData("block2.5", "(1, 256, 26, 26)")]
    [InlineData("pool2", "(1, 256, 12, 12)")]
    [InlineData("block3.5", "(1, 384, 12, 12)")]
    [InlineData("pool3", "(1, 384, 5, 5)")]
    [InlineData("dropout", "(1, 384, 5, 5)")]
    [InlineData("block4.5", "(1, 10, 5, 5)")]
    [InlineData("avgpool", "(1, 10, 1, 1)")]
    [InlineData("flatten", "(1, 10)")]
    public void Nin_224_AreThePrintedOnes(string stage, string shape) => Assert.Equal(shape, PrintedShapes.Of("nin", 1, 224)[stage]);

    // Text 003, GoogLeNet at 96x96: its five modules end at these stages.
    [Theory]
    [InlineData("maxpool1", "(1, 64, 24, 24)")]
    [InlineData("maxpool2", "(1, 192, 12, 12)")]
    [InlineData("maxpool3", "(1, 480, 6, 6)")]
    [InlineData("maxpool4", "(1, 832, 3, 3)")]
    [InlineData("flatten", "(1, 1024)")]
    [InlineData("fc", "(1, 10)")]
    public void GoogLeNetD2l_96_AreThePrintedOnes(string stage, string shape) =>
        Assert.Equal(shape, PrintedShapes.Of("googlenet-d2l", 1, 96)[stage]);

    // Text 000, the fastai net: 14x14, 7x7, 4x4, 2x2, 1x1 (with ten classes here).
    [Fact]
    public void SimpleCnnFastai_28_AreThePrintedOnes() => Assert.Equal(
        [
            "(1, 4, 14, 14)", "(1, 4, 14, 14)", "(1, 8, 7, 7)", "(1, 8, 7, 7)", "(1, 16, 4, 4)", "(1, 16, 4, 4)", "(1, 32, 2, 2)",
            "(1, 32, 2, 2)", "(1, 10, 1, 1)", "(1, 10)",
        ],
        PrintedShapes.Of("simple-cnn-fastai", 1, 28).Values);
}
