using Granary.Trainer.Explain;
using Granary.Trainer.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Explain;

/// <summary>
/// Expected values by PyTorch 1.13: the network of <see cref="TinyNetwork"/>, torch.autograd.grad of the logit by the layer's maps.
/// </summary>
public sealed class GradCamTests : IDisposable
{
    private readonly TinyNetwork _tiny = new();

    public void Dispose() => _tiny.Dispose();

    [Fact]
    public void Of_PredictedClassAtTheLastStage_EqualsPyTorch()
    {
        var cam = GradCam.Of(_tiny.Network, _tiny.Input);

        Assert.Equal(("relu2", 1), (cam.Layer, cam.Class));
        AssertHeat(
            [
                0, 0, 0.019234f, 0.033104f,
                0.006094f, 0.051498f, 0, 0,
                0, 0, 0, 0,
                0, 0, 0.052548f, 0,
            ],
            cam);
    }

    [Fact]
    public void Of_LayerWhoseOutputIsChangedInPlaceBehindIt_EqualsPyTorch()
    {
        var cam = GradCam.Of(_tiny.Network, _tiny.Input, "conv2", 1);

        AssertHeat(
            [
                0, 0, 0.013165f, 0.02205f,
                0.009082f, 0.034589f, 0, 0,
                0, 0, 0, 0,
                0, 0.004778f, 0.0353f, 0.000433f,
            ],
            cam);
    }

    [Fact]
    public void Of_ClassThatNothingSpeaksFor_IsZeroEverywhere()
    {
        var cam = GradCam.Of(_tiny.Network, _tiny.Input, label: 0);

        Assert.Equal(0, cam.Class);
        Assert.Equal(new float[16], cam.Heat.Values.ToArray());
    }

    [Fact]
    public void Of_EarlierLayer_HasThatLayersResolution()
    {
        var cam = GradCam.Of(_tiny.Network, _tiny.Input, "relu1", 1);

        Assert.Equal((12, 12), (cam.Heat.Width, cam.Heat.Height));
        Assert.Equal(0.003159, cam.Heat.Values.ToArray().Sum(), 5);
        Assert.Equal(18, cam.Heat.Values.ToArray().Count(value => value == 0));
    }

    [Fact]
    public void Of_Network_LeavesItAsItWas()
    {
        using Tensor before = _tiny.Network.call(_tiny.Input);

        GradCam.Of(_tiny.Network, _tiny.Input);

        using Tensor after = _tiny.Network.call(_tiny.Input);
        Assert.Equal(before.data<float>().ToArray(), after.data<float>().ToArray());
        Assert.All(_tiny.Network.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void Of_LayerWithoutHeightAndWidth_SaysSo()
    {
        var error = Assert.Throws<ExplainException>(() => GradCam.Of(_tiny.Network, _tiny.Input, "fc"));

        Assert.Contains("'fc' gives 1 dimensions", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void Of_ClassThereIsNot_SaysHowManyThereAre(int label)
    {
        var error = Assert.Throws<ExplainException>(() => GradCam.Of(_tiny.Network, _tiny.Input, label: label));

        Assert.Equal($"there is no class {label}; tiny has 3, from 0.", error.Message);
    }

    [Theory]
    [InlineData("resnet18", 3, 64, "layer4.1")]
    [InlineData("lenet-bn", 1, 28, "sigmoid2")]
    [InlineData("densenet-d2l", 1, 96, null)]
    [InlineData("nin", 1, 128, null)]
    public void Of_NetworksOfTheCatalogue_LooksAtAConvolutionalStageBeforeTheHead(string name, int channels, int size, string? layer)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(1);
        Network network;
        using (NewDisposeScope())
            network = ModelFactory.Create(name, new ModelShape(channels, 10, size));
        using Network owned = network;
        network.eval();

        var cam = GradCam.Of(network, rand(1, channels, size, size));

        Assert.True(cam.Heat.Width > 1);
        if (layer is not null)
            Assert.Equal(layer, cam.Layer);
    }

    private static void AssertHeat(float[] expected, GradCam cam) =>
        Assert.Equal(expected, cam.Heat.Values.ToArray(), (a, b) => Math.Abs(a - b) < 2e-6);
}
