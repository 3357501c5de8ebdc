using Granary.Specs;
using Granary.Trainer.Models;
using Granary.Trainer.Models.Summary;

namespace Granary.Trainer.Tests.Models.Summary;

public sealed class NetworkSummaryTests
{
    // Seed text 000 prints this summary of its net for a batch of 64.
    [Fact]
    public void Of_TheFastaiNet_IsThePrintedSummary()
    {
        NetworkSummary summary = Of("simple-cnn-fastai", new(1, 2, 28), batch: 64);

        Assert.Equal(
            [
                ("Conv2d", "64 x 4 x 14 x 14", 40), ("ReLU", "64 x 4 x 14 x 14", 0), ("Conv2d", "64 x 8 x 7 x 7", 296),
                ("ReLU", "64 x 8 x 7 x 7", 0), ("Conv2d", "64 x 16 x 4 x 4", 1_168), ("ReLU", "64 x 16 x 4 x 4", 0),
                ("Conv2d", "64 x 32 x 2 x 2", 4_640), ("ReLU", "64 x 32 x 2 x 2", 0), ("Conv2d", "64 x 2 x 1 x 1", 578), ("Flatten", "64 x 2", 0L),
            ],
            summary.Layers.Select(layer => (layer.Kind, string.Join(" x ", layer.Output), layer.Parameters)));
        Assert.Equal((6_722, 6_722, 6_722 * 4), (summary.Total.Parameters, summary.Total.Trainable, summary.Total.ParameterBytes));
        Assert.Equal([3L, 7, 15, 31, 63], summary.Layers.Where(layer => layer.Kind == "Conv2d").Select(layer => layer.ReceptiveField));
        // 4x14x14x9 + 8x7x7x36 + 16x4x4x72 + 32x2x2x144 + 2x288, and twice all maps but the last, in float32.
        Assert.Equal(7_056 + 14_112 + 18_432 + 18_432 + 576, summary.Total.Macs);
        Assert.Equal(64 * 4 * 2 * (784 + 392 + 256 + 128 + 2), summary.Total.Bytes);
    }

    // The "_ops" that torchvision 0.15 documents with its weights, in 10^9: multiply-accumulates of a 224x224 picture. For GoogLeNet they
    // are those without the auxiliary heads, which only training uses.
    [Theory]
    [InlineData("alexnet", 0.714)]
    [InlineData("vgg16", 15.47)]
    [InlineData("googlenet", 1.498)]
    [InlineData("resnet18", 1.814)]
    [InlineData("resnet50", 4.089)]
    [InlineData("resnext50_32x4d", 4.23)]
    [InlineData("densenet121", 2.834)]
    [InlineData("mobilenet_v2", 0.301)]
    public void Of_TorchvisionLayouts_HaveTheDocumentedMacs(string name, double billions)
    {
        ModelEntry entry = ModelCatalog.Find(name)!;

        NetworkSummary summary = Of(name, new(3, 1000, 224));

        Assert.Equal(billions, Math.Round(summary.Total.Macs / 1e9, 3));
        Assert.Equal(entry.Parameters, summary.Total.Parameters);
    }

    // Seed text 003: about 7.6 and 19.6 for VGG-11 and VGG-19; its 15.3 for VGG-16 counts convolutions only, as the ResNet paper does.
    [Fact]
    public void Of_Vggs_HaveTheTextsComplexity()
    {
        Assert.Equal(7.6, Math.Round(Of("vgg11", new(3, 1000, 224)).Total.Macs / 1e9, 1));
        Assert.Equal(15.3, Math.Round(Of("vgg16", new(3, 1000, 224)).Layers.Where(layer => layer.Kind == "Conv2d").Sum(layer => layer.Macs) / 1e9, 1));
    }

    // AlexNet and VGG-16: Araujo, Norris and Sim 2019, table 1. The others by their formula: each 3x3 convolution adds twice the strides so
    // far, each dense layer too; of an Inception block the widest way counts (3x3 in torchvision's, 5x5 in d2l's).
    [Theory]
    [InlineData("alexnet", 224, "features.12", 195)]
    [InlineData("vgg16", 224, "features.30", 212)]
    [InlineData("resnet18", 64, "layer4.1.conv2", 435)]
    [InlineData("resnet18", 64, "layer4.0.downsample.0", 211)]
    [InlineData("resnet50", 64, "layer4.2.conv3", 427)]
    [InlineData("googlenet", 32, "avgpool", 379)]
    [InlineData("googlenet-d2l", 32, "avgpool", 715)]
    [InlineData("densenet121", 32, "features.norm5", 2_071)]
    [InlineData("preresnet18", 64, "bn", 435)]
    public void Of_DeepNetworks_ReceptiveFieldIsTheWidestWays(string name, int size, string layer, long expected)
    {
        NetworkSummary summary = Of(name, new(3, 10, size));

        Assert.Equal(expected, Assert.Single(summary.Layers, found => found.Name == layer).ReceptiveField);
    }

    // Pooling 2x2 in a transition and in a shortcut is a layer: 8x8 to 4x4, and 11 + 2 pixels of jump 4 (d2l's stem sees 11).
    [Fact]
    public void Of_PoolingInsideABlock_IsListed()
    {
        NetworkSummary summary = Of("densenet-d2l", new(1, 10, 32));
        LayerSummary pool = Assert.Single(summary.Layers, layer => layer.Name == "transition1.pool");

        Assert.Equal([1L, 96, 4, 4], pool.Output);
        // Four 3x3 convolutions at jump 4, then the pooling.
        Assert.Equal(11 + (4 * 8) + 4, pool.ReceptiveField);
        Assert.Contains(Of("xresnet18", new(3, 10, 32)).Layers, layer => layer is { Name: "layer2.0.pool", Kind: "AvgPool2d" });
    }

    // Where the global pooling and the linear layers see all of a 4x4 map of jump 4 (two 5x5 and two 2x2 poolings see 16).
    [Fact]
    public void Of_LinearAfterFlattening_SeesTheWholePicture()
    {
        NetworkSummary summary = Of("lenet5", new(1, 10, 28));

        Assert.Equal(
            [5L, 5, 6, 14, 14, 16, 16, 28, 28, 28, 28, 28], summary.Layers.Select(layer => layer.ReceptiveField));
    }

    [Fact]
    public void Of_FrozenNetwork_CountsWhatIsTrained()
    {
        using Network network = ModelFactory.Create("resnet18", new(3, 10, 32)).Freeze("body");

        NetworkSummary summary = NetworkSummary.Of(network, 3, 32, batch: 1);

        Assert.Equal((512 * 10) + 10, summary.Total.Trainable);
        Assert.Equal(network.ParameterCount, summary.Total.Parameters);
        Assert.Equal(0, summary.Layers[0].Trainable);
    }

    private static NetworkSummary Of(string name, ModelShape shape, int batch = 1)
    {
        using Network network = ModelFactory.Create(name, shape);
        return NetworkSummary.Of(network, shape.Channels, shape.Size, batch);
    }
}
