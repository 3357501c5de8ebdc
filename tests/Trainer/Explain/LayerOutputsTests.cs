using Granary.Trainer.Explain;
using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Explain;

public sealed class LayerOutputsTests : IDisposable
{
    private readonly TinyNetwork _tiny = new();

    public void Dispose() => _tiny.Dispose();

    [Fact]
    public void Of_Layers_EqualsCallingTheModulesOneAfterTheOther()
    {
        IReadOnlyList<LayerOutput> outputs = LayerOutputs.Of(_tiny.Network, _tiny.Input, ["relu2", "conv1", "fc", "conv2"]);

        using DisposeScope scope = NewDisposeScope();
        var expected = new Dictionary<string, float[]>();
        Tensor x = _tiny.Input;
        foreach (var stage in _tiny.Network.Stages)
        {
            x = stage.Module.forward(x.clone());
            expected.Add(stage.Name, x.detach().contiguous().data<float>().ToArray());
        }

        Assert.Equal(["relu2", "conv1", "fc", "conv2"], outputs.Select(output => output.Layer));
        Assert.All(outputs, output => Assert.Equal(expected[output.Layer], output.Values));
        Assert.Equal([3, 4, 4], outputs[0].Shape);
        Assert.Equal([3], outputs[2].Shape);
    }

    [Fact]
    public void Of_LayerBeforeAnInPlaceOne_IsReadBeforeItIsChanged()
    {
        // PyTorch 1.13: conv2's second channel; the ReLU behind it works in place.
        float[] expected =
        [
            -0.944225f, -1.299314f, -0.003684f, 0.167603f,
            -0.085382f, 0.398881f, -0.375313f, -1.001582f,
            -0.441349f, -1.082563f, -1.358548f, -0.292423f,
            -0.91756f, -0.166924f, 0.412105f, -0.240487f,
        ];

        LayerOutput output = LayerOutputs.Of(_tiny.Network, _tiny.Input, ["conv2"])[0];

        Assert.Equal(expected, output.Map(1).Values.ToArray(), (a, b) => Math.Abs(a - b) < 5e-6);
    }

    [Fact]
    public void Of_WrongName_GivesTheNearestOne()
    {
        var error = Assert.Throws<ExplainException>(() => LayerOutputs.Of(_tiny.Network, _tiny.Input, ["conv3"]));

        const string Expected = "tiny has no layer 'conv3'; did you mean 'conv1'? There are: conv1, relu1,";
        Assert.StartsWith(Expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DefaultLayers_OfAChain_AreTheFirstConvolutionAndTheLastStageOfEachResolution() =>
        Assert.Equal(["conv1", "relu1", "relu2"], LayerOutputs.DefaultLayers(_tiny.Network, _tiny.Input));

    [Fact]
    public void DefaultLayers_OfAResNet_AreItsBlocks()
    {
        using DisposeScope scope = NewDisposeScope();
        using var network = Granary.Trainer.Models.ModelFactory.Create("resnet18", new(3, 10, 64));
        network.eval();

        IReadOnlyList<string> layers = LayerOutputs.DefaultLayers(network, zeros(1, 3, 64, 64));

        Assert.Equal(["conv1", "relu", "layer1.1", "layer2.1", "layer3.1", "layer4.1"], layers);
        Assert.Contains("layer2.0.conv1", LayerOutputs.Layers(network).Keys);
    }

    [Fact]
    public void Strongest_Maps_AreOrderedByMeanAbsoluteNumber()
    {
        var output = new LayerOutput("x", [3, 1, 2], [0.1f, -0.2f, -3, 1, 0, 0]);

        Assert.Equal([1, 0, 2], FeatureSheet.Strongest(output));
    }
}
