using Granary.Specs;
using Granary.Trainer.Building;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Models;
using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Building;

public sealed class PretrainedWeightsTests : IDisposable
{
    private static readonly ModelShape Pictures = new(3, 10, 32);
    private static readonly ModelSpec Narrow = new() { Name = "resnet18", Width = 0.25, Freeze = "none" };

    private readonly TemporaryFolder _folder = new();

    private string Weights => _folder.File("weights.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Build_WeightsOfTheSameNetwork_TakesThemAll()
    {
        Dictionary<string, TensorData> saved = Save(Narrow);

        using Network network = Build(Narrow with { Pretrained = Weights });

        Assert.All(network.state_dict(), pair => Assert.Equal(saved[pair.Key].Data.ToArray(), pair.Value.bytes.ToArray()));
    }

    [Fact]
    public void Build_Head_DrawsTheLastLayerAnewAndTakesTheRest()
    {
        Dictionary<string, TensorData> saved = Save(Narrow with { Classes = 100 });

        using Network network = Build(Narrow with { Pretrained = Weights, Head = 10 });

        using Network drawn = Build(Narrow);
        Dictionary<string, Tensor> state = network.state_dict();
        Assert.Equal([10L, 128], state["fc.weight"].shape);
        Assert.Equal(drawn.state_dict()["fc.weight"].bytes.ToArray(), state["fc.weight"].bytes.ToArray());
        Assert.Equal(saved["layer4.1.bn2.weight"].Data.ToArray(), state["layer4.1.bn2.weight"].bytes.ToArray());
        Assert.Equal(saved["conv1.weight"].Data.ToArray(), state["conv1.weight"].bytes.ToArray());
    }

    [Fact]
    public void Build_HeadOfNetworkInNetwork_IsItsWholeLastBlock()
    {
        var nin = new ModelSpec { Name = "nin", Width = 0.1 };
        Dictionary<string, TensorData> saved = Save(nin with { Classes = 12 }, new(1, 10, 67));

        using Network network = Build(nin with { Pretrained = Weights, Head = 10 }, new(1, 10, 67));

        Dictionary<string, Tensor> state = network.state_dict();
        Assert.Equal(saved["block3.4.weight"].Data.ToArray(), state["block3.4.weight"].bytes.ToArray());
        Assert.Equal([10L, 10, 1, 1], state["block4.4.weight"].shape);
    }

    [Fact]
    public void Build_HalfPrecisionWithoutCounters_IsConverted()
    {
        Save(Narrow, change: tensors =>
        {
            foreach (string name in tensors.Keys.Where(name => name.EndsWith("num_batches_tracked", StringComparison.Ordinal)).ToArray())
                tensors.Remove(name);
            tensors["fc.bias"] = new TensorData("F16", [10], new byte[] { 0, 0x3c, 0, 0x40, 0, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 });
        });

        using Network network = Build(Narrow with { Pretrained = Weights });

        Assert.Equal([1, 2, -0.5f, 0, 0, 0, 0, 0, 0, 0], network.state_dict()["fc.bias"].data<float>().ToArray());
    }

    [Theory]
    [InlineData(1, 100, "conv1.weight (16x3x7x7 there, 16x1x7x7 here), fc.weight (100x128 there, 10x128 here), fc.bias (100 there, 10 here). "
        + "Set model.channels: 3, which the file's network sees. "
        + "Set model.head: 10 for a fresh last layer on top of the file's weights, or model.classes: 100 to keep the file's.")]
    [InlineData(3, 100, "of another shape fc.weight (100x128 there, 10x128 here), fc.bias (100 there, 10 here). Set model.head: 10 for a fresh")]
    [InlineData(1, 10, "of another shape conv1.weight (16x3x7x7 there, 16x1x7x7 here). Set model.channels: 3, which the file's network sees.")]
    public void Build_OtherShapes_SaysWhichSettingFits(int channels, int classes, string message)
    {
        Save(Narrow with { Classes = classes });

        InvalidDataException error = Assert.Throws<InvalidDataException>(
            () => Build(Narrow with { Pretrained = Weights }, Pictures with { Channels = channels }));

        Assert.Contains($"{Weights} does not fit resnet18: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(message, error.Message[..(error.Message.IndexOf(message, StringComparison.Ordinal) + message.Length)], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resnet34", 0.25, "missing layer1.2.conv1.weight, layer1.2.bn1.weight, layer1.2.bn1.bias and 77 more. It is of another network")]
    [InlineData("preresnet18", 0.25, "unexpected bn1.bias, bn1.running_mean, bn1.running_var and ")]
    [InlineData("resnet18", 0.5, "of another shape conv1.weight (16x3x7x7 there, 32x3x7x7 here), bn1.weight (16 there, 32 here), ")]
    public void Build_WeightsOfAnotherNetwork_ListsTheFirstNames(string model, double width, string message)
    {
        Save(Narrow);

        InvalidDataException error = Assert.Throws<InvalidDataException>(
            () => Build(new() { Name = model, Width = width, Pretrained = Weights }));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"expected weights of {model}.", error.Message, StringComparison.Ordinal);
    }

    // torchvision's published DenseNet-121 file (densenet121-a639ec97.pth) has these names; torchvision renames them as it loads.
    [Fact]
    public void Translate_OldNames_BecomeTodays()
    {
        var tensor = new TensorData("F32", [], new byte[4]);
        string[] old =
        [
            "module.features.conv0.weight", "module.features.denseblock1.denselayer2.norm.1.running_mean",
            "module.features.denseblock1.denselayer2.conv.2.weight", "module.features.transition1.norm.weight", "module.aux1.fc1.weight",
        ];

        Dictionary<string, TensorData> names = WeightNames.Translate(old.ToDictionary(name => name, _ => tensor));

        Assert.Equal(
            [
                "features.conv0.weight", "features.denseblock1.denselayer2.conv2.weight", "features.denseblock1.denselayer2.norm1.running_mean",
                "features.transition1.norm.weight",
            ],
            names.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Build_NoSuchFile_IsRefusedWithItsName()
    {
        FileNotFoundException error = Assert.Throws<FileNotFoundException>(() => Build(Narrow with { Pretrained = Weights }));

        Assert.Contains(Weights, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BuildForCheckpoint_PretrainedFileGone_DoesNotMissIt()
    {
        using Network network = NetworkBuilder.BuildForCheckpoint(Run(Narrow with { Pretrained = Weights, Head = 10 }), Pictures);

        Assert.Equal([10L, 128], network.state_dict()["fc.weight"].shape);
    }

    private Dictionary<string, TensorData> Save(ModelSpec model, ModelShape? pictures = null, Action<Dictionary<string, TensorData>>? change = null)
    {
        using Network network = NetworkBuilder.Build(Run(model) with { Train = new() { Seed = 77 } }, pictures ?? Pictures);
        Dictionary<string, TensorData> tensors = network.state_dict().ToDictionary(
            pair => pair.Key,
            pair => new TensorData(pair.Value.dtype == ScalarType.Int64 ? "I64" : "F32", pair.Value.shape, pair.Value.bytes.ToArray()));
        change?.Invoke(tensors);
        using FileStream file = File.Create(Weights);
        SafetensorsWriter.Write(file, new SafetensorsFile(new Dictionary<string, string>(), tensors));
        return tensors;
    }

    private static Network Build(ModelSpec model, ModelShape? pictures = null) => NetworkBuilder.Build(Run(model), pictures ?? Pictures);

    private static RunSpec Run(ModelSpec model) => new()
    {
        Model = model,
        Data = new DataSpec { Set = "fashion-mnist" },
        Train = new TrainSpec(),
        Resources = new ResourcesSpec(),
        Objective = new ObjectiveSpec("valid-accuracy", Maximize: true),
    };
}
