using Granary.Trainer.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Models;

public sealed class D2lResNetsTests
{
    // Seed text 003 prints these for 224x224; its modules b1 to b5 end at these stages.
    [Theory]
    [InlineData("maxpool", "(1, 64, 56, 56)")]
    [InlineData("layer1.1", "(1, 64, 56, 56)")]
    [InlineData("layer2.1", "(1, 128, 28, 28)")]
    [InlineData("layer3.1", "(1, 256, 14, 14)")]
    [InlineData("layer4.1", "(1, 512, 7, 7)")]
    [InlineData("avgpool", "(1, 512, 1, 1)")]
    [InlineData("flatten", "(1, 512)")]
    [InlineData("fc", "(1, 10)")]
    public void ResNet18_OutputShapes_AreThePrintedOnes(string stage, string shape) =>
        Assert.Equal(shape, PrintedShapes.Of("resnet18-d2l", 1, 224)[stage]);

    // Text 003: Residual(3, 3) keeps (4, 3, 6, 6); Residual(3, 6, use_1x1conv=True, strides=2) gives (4, 6, 3, 3).
    [Theory]
    [InlineData(3, 1, 6)]
    [InlineData(6, 2, 3)]
    public void Residual_OfTheText_GivesThePrintedShape(int outputs, int stride, int size)
    {
        using DisposeScope scope = NewDisposeScope();
        using var block = new D2lResNets.Residual(3, outputs, stride);

        Assert.Equal([4L, outputs, size, size], block.call(rand(4, 3, 6, 6)).shape);
    }
}
