using Granary.Trainer.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Tests.Models;

public sealed class FreezingTests
{
    [Theory]
    [InlineData("resnet18", "none", null)]
    [InlineData("resnet18", "body", "layer4.1.bn2.bias")]
    [InlineData("resnet18", "conv1", "conv1.weight")]
    [InlineData("resnet18", "layer2.0", "layer2.0.downsample.1.bias")]
    [InlineData("resnet18", "layer2", "layer2.1.bn2.bias")]
    [InlineData("vgg11", "features", "features.18.bias")]
    [InlineData("vgg11", "body", "classifier.3.bias")]
    [InlineData("densenet121", "features", "features.norm5.bias")]
    [InlineData("nin", "body", "block3.4.bias")]
    [InlineData("simple-cnn-fastai", "body", "3.0.bias")]
    [InlineData("fully-conv", "body", "4.1.bias")]
    public void Freeze_Name_FreezesThatAndAllBeforeIt(string name, string freeze, string? lastFrozen)
    {
        using Network network = Create(name);

        network.Freeze(freeze);

        (string Name, Parameter Parameter)[] all = [.. network.Stages.SelectMany(
            stage => stage.Module.named_parameters().Select(named => ($"{stage.Name}.{named.name}", named.parameter)))];
        int frozen = Array.FindLastIndex(all, named => named.Name == lastFrozen) + 1;
        Assert.Equal(lastFrozen is null, frozen == 0);
        Assert.Equal(all.Select((_, i) => i >= frozen), all.Select(named => named.Parameter.requires_grad));
    }

    [Theory]
    [InlineData("resnet18", "layer5", "did you mean 'layer1'? expected none, body, or one of conv1, bn1, relu, maxpool, layer1, layer2, layer3, layer4, avgpool")]
    [InlineData("resnet18", "layer2.O", "did you mean 'layer2.0'?")]
    [InlineData("resnet18", "all-of-it-please", "; expected none, body, or one of conv1")]
    [InlineData("resnet18", "fc", "leaves nothing of resnet18 to train")]
    public void Freeze_WrongName_SaysWhatThereIs(string name, string freeze, string message)
    {
        using Network network = Create(name);

        ArgumentException error = Assert.Throws<ArgumentException>(() => network.Freeze(freeze));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_BatchNormOfFrozenStages_KeepsItsStatistics()
    {
        using DisposeScope scope = NewDisposeScope();
        using Network network = Create("resnet18");
        network.Freeze("layer1");
        network.train();

        functional.cross_entropy(network.call(rand(4, 3, 32, 32)), tensor(new long[] { 0, 1, 2, 3 })).backward();

        Dictionary<string, Tensor> state = network.state_dict();
        Assert.Equal(0, state["bn1.num_batches_tracked"].item<long>());
        Assert.Equal(0, state["layer1.1.bn2.running_mean"].abs().sum().item<float>());
        Assert.Equal(1, state["layer2.0.bn1.num_batches_tracked"].item<long>());
        Assert.NotEqual(0, state["layer2.0.bn1.running_mean"].abs().sum().item<float>());
        Assert.All(network.named_parameters(), named => Assert.Equal(named.parameter.requires_grad, named.parameter.grad is not null));
    }

    [Fact]
    public void Train_DropoutOfFrozenStages_GoesOn()
    {
        using Network network = Create("simple-cnn");
        network.Freeze("body");

        network.train();

        Assert.All(network.modules().OfType<Dropout>(), dropout => Assert.True(dropout.training));
        Assert.All(network.modules().OfType<BatchNorm2d>(), norm => Assert.False(norm.training));
        network.eval();
        Assert.DoesNotContain(network.modules(), module => module.training);
    }

    private static Network Create(string name) =>
        ModelFactory.Create(name, new(3, 10, name == "nin" ? 67 : name == "simple-cnn-fastai" ? 28 : 32) { Width = 0.25 });
}
