using Granary.Trainer.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Models;

/// <summary>Runs one picture of zeros through a network and tells each stage's output shape, as the seed texts print it.</summary>
internal static class PrintedShapes
{
    public static Dictionary<string, string> Of(string name, int channels, int size)
    {
        using DisposeScope scope = NewDisposeScope();
        using Network network = ModelFactory.Create(name, new(channels, 10, size));
        network.eval();
        var shapes = new Dictionary<string, string>();
        Tensor x = zeros(1, channels, size, size);
        foreach (Stage stage in network.Stages)
        {
            x = stage.Module.call(x);
            shapes.Add(stage.Name, $"({string.Join(", ", x.shape)})");
        }

        return shapes;
    }
}
