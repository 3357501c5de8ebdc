using Granary.Trainer.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Models;

public sealed class D2lDenseNetsTests
{
    // Seed text 003 prints these for 224x224.
    [Theory]
    [InlineData("maxpool", "(1, 64, 56, 56)")]
    [InlineData("denseblock1", "(1, 192, 56, 56)")]
    [InlineData("transition1", "(1, 96, 28, 28)")]
    [InlineData("denseblock2", "(1, 224, 28, 28)")]
    [InlineData("transition2", "(1, 112, 14, 14)")]
    [InlineData("denseblock3", "(1, 240, 14, 14)")]
    [InlineData("transition3", "(1, 120, 7, 7)")]
    [InlineData("denseblock4", "(1, 248, 7, 7)")]
    [InlineData("norm5", "(1, 248, 7, 7)")]
    [InlineData("relu5", "(1, 248, 7, 7)")]
    [InlineData("avgpool", "(1, 248, 1, 1)")]
    public void DenseNet_OutputShapes_AreThePrintedOnes(string stage, string shape) =>
        Assert.Equal(shape, PrintedShapes.Of("densenet-d2l", 1, 224)[stage]);

    // Text 003: (4, 3, 8, 8) -> DenseBlock(2, 3, 10) -> (4, 23, 8, 8) -> transition_block(23, 10) -> (4, 10, 4, 4).
    [Fact]
    public void DenseBlockAndTransition_OfTheText_GiveThePrintedShapes()
    {
        using DisposeScope scope = NewDisposeScope();
        using var block = new D2lDenseNets.DenseBlock(2, 3, 10);
        using var transition = new D2lDenseNets.Transition(23, 10);

        Tensor dense = block.call(randn(4, 3, 8, 8));

        Assert.Equal([4L, 23, 8, 8], dense.shape);
        Assert.Equal([4L, 10, 4, 4], transition.call(dense).shape);
    }
}
