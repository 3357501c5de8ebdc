using Granary.Specs;
using Granary.Trainer.Models;

namespace Granary.Trainer.Tests.Models;

/// <summary>
/// The names and shapes in torchvision-state-dicts.txt were written by torchvision 0.14's own models (GoogLeNet without auxiliary heads).
/// </summary>
public sealed class TorchvisionNamesTests
{
    [Theory]
    [InlineData("alexnet")]
    [InlineData("vgg16")]
    [InlineData("googlenet")]
    [InlineData("resnet18")]
    [InlineData("resnet50")]
    [InlineData("resnext50_32x4d")]
    [InlineData("densenet121")]
    [InlineData("mobilenet_v2")]
    public void StateDict_OfATorchvisionLayout_HasItsNamesAndShapes(string name)
    {
        ModelEntry entry = ModelCatalog.Find(name)!;
        using Network network = ModelFactory.Create(name, new(entry.Channels, entry.Classes, entry.Size));

        IEnumerable<string> actual = network.state_dict().Select(pair => $"{pair.Key} {string.Join('x', pair.Value.shape)}");

        Assert.Equal(Read(name).Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Read(string name) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Models", "torchvision-state-dicts.txt"))
            .SkipWhile(line => line != $"# {name}").Skip(1).TakeWhile(line => !line.StartsWith('#')).Select(line => line.TrimEnd('\n'));
}
