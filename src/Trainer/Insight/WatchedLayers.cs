using Granary.Trainer.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Granary.Trainer.Insight;

/// <summary>
/// The places of a network that tell about its health: every layer with parameters, every activation, and each block's output as a whole.
/// Pooling, dropout and reshaping repeat what stands before them and are left out.
/// </summary>
internal sealed class WatchedLayers
{
    private readonly List<WatchedLayer> _layers = [];
    private readonly List<Parameter> _parameters = [];

    private WatchedLayers()
    {
    }

    /// <summary>In the order of the forward pass, a block after its parts.</summary>
    public IReadOnlyList<WatchedLayer> Layers => _layers;

    /// <summary>The parameters of all of them, each once.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>The places of a network.</summary>
    /// <param name="network">The network.</param>
    public static WatchedLayers Of(Network network)
    {
        var found = new WatchedLayers();
        foreach (Stage stage in network.Stages)
            found.Add(stage);
        return found;
    }

    private void Add(Stage stage)
    {
        foreach ((string name, nn.Module module) in stage.Module.named_modules())
        {
            if (module is nn.Module<Tensor, Tensor> layer && !module.children().Any() && Tells(module))
                Add($"{stage.Name}.{name}", layer);
        }

        if (stage.Watched || (!stage.Module.children().Any() && Tells(stage.Module)))
            Add(stage.Name, stage.Module);
    }

    private void Add(string name, nn.Module<Tensor, Tensor> module)
    {
        int[] places = [.. module.parameters().Select(PlaceOf)];
        _layers.Add(new WatchedLayer(name, LayerKind.Of(module), module, places, module is ReLU or Sigmoid or Softmax));
    }

    private int PlaceOf(Parameter parameter)
    {
        int place = _parameters.FindIndex(known => ReferenceEquals(known, parameter));
        if (place >= 0)
            return place;
        _parameters.Add(parameter);
        return _parameters.Count - 1;
    }

    private static bool Tells(nn.Module module) =>
        module is ReLU or Sigmoid or Softmax or LogSoftmax or Tanh or SiLU or LeakyReLU || module.parameters(recurse: false).Any();
}
