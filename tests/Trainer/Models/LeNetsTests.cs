namespace Granary.Trainer.Tests.Models;

public sealed class LeNetsTests
{
    // Seed text 003 prints these for its LeNet, layer by layer; the variant with ReLU and max-pooling has the same shapes.
    [Fact]
    public void LeNetRelu_OutputShapes_AreThePrintedOnes()
    {
        Dictionary<string, string> shapes = PrintedShapes.Of("lenet-relu", 1, 28);

        Assert.Equal(
            [
                "(1, 6, 28, 28)", "(1, 6, 28, 28)", "(1, 6, 14, 14)", "(1, 16, 10, 10)", "(1, 16, 10, 10)", "(1, 16, 5, 5)", "(1, 400)",
                "(1, 120)", "(1, 120)", "(1, 84)", "(1, 84)", "(1, 10)",
            ],
            shapes.Values);
        Assert.Equal(
            ["conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "flatten", "fc1", "relu3", "fc2", "relu4", "fc3"], shapes.Keys);
    }

    // Text 003: without padding the last feature map is 16x4x4.
    [Fact]
    public void LeNetBn_OutputShapes_ComeFromNoPadding()
    {
        Dictionary<string, string> shapes = PrintedShapes.Of("lenet-bn", 1, 28);

        Assert.Equal("(1, 6, 24, 24)", shapes["bn1"]);
        Assert.Equal("(1, 16, 4, 4)", shapes["pool2"]);
        Assert.Equal("(1, 256)", shapes["flatten"]);
        Assert.Equal("(1, 84)", shapes["bn4"]);
    }
}
