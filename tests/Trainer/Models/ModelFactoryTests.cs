using Granary.Specs;
using Granary.Trainer.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Models;

public sealed class ModelFactoryTests
{
    public static TheoryData<string> Names => [.. ModelCatalog.All.Select(entry => entry.Name)];

    [Fact]
    public void Names_AreTheCatalogues() =>
        Assert.Equal(ModelCatalog.All.Select(entry => entry.Name).Order(), ModelFactory.Names.Order());

    // The counts of the catalogue were computed with PyTorch 1.13 from the same layer lists.
    [Theory]
    [MemberData(nameof(Names))]
    public void Create_ReferenceShape_HasTheGoldenParameterCount(string name)
    {
        ModelEntry entry = ModelCatalog.Find(name)!;

        using Network network = ModelFactory.Create(name, new(entry.Channels, entry.Classes, entry.Size));

        Assert.Equal(entry.Parameters, network.ParameterCount);
    }

    // Counts for Fashion-MNIST's one channel and ten classes, from PyTorch 1.13.
    [Theory]
    [InlineData("vgg11", 1.0, 128_806_154)]
    [InlineData("vgg11", 0.25, 43_093_322)]
    [InlineData("vgg16", 1.0, 134_300_362)]
    public void Create_OneChannelTenClasses_HasTheGoldenParameterCount(string name, double width, long parameters)
    {
        using Network network = ModelFactory.Create(name, new(1, 10, 224) { Width = width });

        Assert.Equal(parameters, network.ParameterCount);
    }

    // resnet18 has no dropout of its own, googlenet one of 0.2.
    [Theory]
    [InlineData("resnet18")]
    [InlineData("googlenet")]
    public void Create_WithDropout_ZeroesThatShareWhileTrainingAndKeepsTheNames(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable grad = no_grad();
        var shape = new ModelShape(3, 10, 64) { Width = 0.25 };
        using Network own = ModelFactory.Create(name, shape);
        using Network network = ModelFactory.Create(name, shape with { Dropout = 0.75 });
        Stage dropout = network.Stages.Single(stage => stage.Module is TorchSharp.Modules.Dropout);
        Tensor ones = torch.ones(1, 100_000);

        Assert.Equal(own.state_dict().Keys, network.state_dict().Keys);
        Assert.Equal(0.75, (dropout.Module.call(ones) == 0).to(ScalarType.Float32).mean().item<float>(), 0.01);
        network.eval();
        Assert.Equal(0, (dropout.Module.call(ones) == 0).to(ScalarType.Float32).mean().item<float>());
    }

    [Fact]
    public void Create_DropoutWithNoPlaceForIt_IsRefused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => ModelFactory.Create("simple-cnn-fastai", new(1, 10, 28) { Dropout = 0.5 }));

        Assert.Contains("model.dropout is set, and simple-cnn-fastai has neither", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Create_SmallestPictureQuarterWidth_GivesLogitsOfTheWantedShape(string name)
    {
        ModelEntry entry = ModelCatalog.Find(name)!;
        using DisposeScope scope = NewDisposeScope();
        using IDisposable grad = no_grad();
        using Network network = ModelFactory.Create(name, new(3, 7, entry.MinSize) { Width = 0.25 });
        network.eval();

        Tensor logits = network.call(rand(2, 3, entry.MinSize, entry.MinSize));

        Assert.Equal([2L, 7L], logits.shape);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Create_TinyWidth_IsSmallerAndStillComputes(string name)
    {
        ModelEntry entry = ModelCatalog.Find(name)!;
        using DisposeScope scope = NewDisposeScope();
        using IDisposable grad = no_grad();
        using Network half = ModelFactory.Create(name, new(3, 7, entry.MinSize) { Width = 0.5 });
        using Network tiny = ModelFactory.Create(name, new(3, 7, entry.MinSize) { Width = 0.01 });
        tiny.eval();

        Assert.True(tiny.ParameterCount < half.ParameterCount, $"{tiny.ParameterCount} and {half.ParameterCount} parameters");
        Assert.True(half.ParameterCount < entry.Parameters, $"{half.ParameterCount} and {entry.Parameters} parameters");
        Assert.Equal([1L, 7L], tiny.call(rand(1, 3, entry.MinSize, entry.MinSize)).shape);
    }

    [Theory]
    [InlineData("lenet-relu")]
    [InlineData("vgg11_bn")]
    [InlineData("resnet18")]
    [InlineData("densenet-d2l")]
    public void Create_SameSeedTwice_DrawsTheSameWeights(string name)
    {
        ModelEntry entry = ModelCatalog.Find(name)!;
        manual_seed(5);
        using Network first = ModelFactory.Create(name, new(1, 10, entry.MinSize) { Width = 0.25 });
        manual_seed(5);
        using Network second = ModelFactory.Create(name, new(1, 10, entry.MinSize) { Width = 0.25 });

        Assert.Equal(
            first.parameters().Select(parameter => parameter.detach().data<float>().ToArray()),
            second.parameters().Select(parameter => parameter.detach().data<float>().ToArray()));
    }

    [Fact]
    public void Create_LeNetForOtherSize_SaysWhichSizeItTakes()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => ModelFactory.Create("lenet-relu", new(1, 10, 96)));

        Assert.Contains("lenet-relu takes pictures of exactly 28x28; these are 96x96", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_PictureTooSmall_SaysTheLeastSize()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => ModelFactory.Create("densenet-d2l", new(1, 10, 28)));

        Assert.Contains("at least 32x32", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_UnknownName_ListsTheKnown()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => ModelFactory.Create("resnet19", new(1, 10, 28)));

        Assert.Contains("lenet-relu", error.Message, StringComparison.Ordinal);
    }
}
