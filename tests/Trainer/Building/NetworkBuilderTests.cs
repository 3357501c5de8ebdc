using Granary.Specs;
using Granary.Trainer.Building;
using Granary.Trainer.Models;
using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Building;

public sealed class NetworkBuilderTests
{
    private static readonly ModelShape Pictures = new(1, 10, 32);

    [Fact]
    public void Build_AllOptions_HasTheirShapes()
    {
        using Network network = NetworkBuilder.Build(Run(new() { Name = "resnet18", Width = 0.25, Channels = 3, Classes = 12 }), Pictures);

        Dictionary<string, Tensor> state = network.state_dict();
        Assert.Equal([16L, 3, 7, 7], state["conv1.weight"].shape);
        Assert.Equal([12L, 128], state["fc.weight"].shape);
    }

    [Fact]
    public void Build_HeadWithoutPretrained_SetsTheOutputs()
    {
        using Network network = NetworkBuilder.Build(Run(new() { Name = "lenet5", Head = 11 }), new ModelShape(1, 10, 28));

        Assert.Equal([11L, 84], network.state_dict()["fc3.weight"].shape);
    }

    [Fact]
    public void Build_SameRunTwice_DrawsTheSameWeights()
    {
        RunSpec run = Run(new() { Name = "simple-cnn" }) with { Train = new() { Seed = 4, Init = "kaiming-normal" } };
        using Network first = NetworkBuilder.Build(run, Pictures);
        using Network second = NetworkBuilder.Build(run, Pictures);
        using Network other = NetworkBuilder.Build(run with { Train = new() { Seed = 5, Init = "kaiming-normal" } }, Pictures);

        Assert.Equal(Weights(first), Weights(second));
        Assert.NotEqual(Weights(first), Weights(other));
    }

    [Theory]
    [InlineData(null, 9, "model.head is 9, and the data has 10 classes; expected at least as many")]
    [InlineData(8, null, "model.classes is 8, and the data has 10 classes; expected at least as many")]
    public void Build_FewerOutputsThanClasses_IsRefused(int? classes, int? head, string message)
    {
        RunSpec run = Run(new() { Name = "simple-cnn", Classes = classes, Head = head });

        ArgumentException error = Assert.Throws<ArgumentException>(() => NetworkBuilder.Build(run, Pictures));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_FreezeNoStage_NamesTheNearest()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => NetworkBuilder.Build(Run(new() { Name = "resnet18", Freeze = "layr3" }), Pictures));

        Assert.Contains("model.freeze is 'layr3', which is no stage of resnet18; did you mean 'layer3'?", error.Message, StringComparison.Ordinal);
    }

    private static float[] Weights(Network network) => network.state_dict()["features.0.weight"].data<float>().ToArray();

    private static RunSpec Run(ModelSpec model) => new()
    {
        Model = model,
        Data = new DataSpec { Set = "fashion-mnist" },
        Train = new TrainSpec(),
        Resources = new ResourcesSpec(),
        Objective = new ObjectiveSpec("valid-accuracy", Maximize: true),
    };
}
