using Granary.Specs;
using Granary.Trainer.Models;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Explain;

/// <summary>Looks into a network while one picture goes through it.</summary>
internal static class LayerOutputs
{
    /// <summary>Every layer and block that can be looked into, by dotted name, in the network's order.</summary>
    /// <param name="network">The network.</param>
    public static IReadOnlyDictionary<string, Module<Tensor, Tensor>> Layers(Network network) =>
        network.named_modules()
            .Where(entry => entry.module is Module<Tensor, Tensor>)
            .ToDictionary(entry => entry.name, entry => (Module<Tensor, Tensor>)entry.module);

    /// <summary>The layer of that name.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">A dotted name.</param>
    /// <exception cref="ExplainException">There is none: the message has the nearest names.</exception>
    public static Module<Tensor, Tensor> Find(Network network, string name)
    {
        IReadOnlyDictionary<string, Module<Tensor, Tensor>> layers = Layers(network);
        return layers.TryGetValue(name, out Module<Tensor, Tensor>? layer)
            ? layer
            : throw new ExplainException($"{network.GetName()} has no layer '{name}'{NearestName.Hint(name, [.. layers.Keys])}.");
    }

    /// <summary>
    /// The outputs of layers for the first picture of a batch, as they leave the layer: what works on them in place comes later.
    /// </summary>
    /// <param name="network">The network, in eval mode.</param>
    /// <param name="input">Pictures, (N, C, H, W).</param>
    /// <param name="names">Dotted names.</param>
    /// <returns>In the order of <paramref name="names"/>; of a layer that is called several times, its last output.</returns>
    /// <exception cref="ExplainException">There is no layer of that name.</exception>
    public static IReadOnlyList<LayerOutput> Of(Network network, Tensor input, IReadOnlyList<string> names)
    {
        var outputs = new Dictionary<string, LayerOutput>();
        var layers = names.Distinct().Select(name => (name, Find(network, name))).ToList();
        Run(network, input, layers, (name, output) => outputs[name] = Read(name, output));
        return [.. names.Select(name => outputs[name])];
    }

    /// <summary>The stages whose output has height and width, in the order of the forward pass.</summary>
    /// <param name="network">The network, in eval mode.</param>
    /// <param name="input">Pictures, (N, C, H, W).</param>
    public static IReadOnlyList<SpatialStage> SpatialStages(Network network, Tensor input)
    {
        var shapes = new Dictionary<string, long[]>();
        Run(network, input, [.. network.Stages.Select(stage => (stage.Name, stage.Module))], (name, output) => shapes[name] = output.shape);
        return
        [
            .. from stage in network.Stages
               let shape = shapes[stage.Name]
               where shape.Length == 4
               select new SpatialStage(stage, (int)shape[1], (int)shape[2], (int)shape[3]),
        ];
    }

    /// <summary>The first convolution, and the last watched stage of each resolution above one pixel.</summary>
    /// <param name="network">The network, in eval mode.</param>
    /// <param name="input">Pictures, (N, C, H, W).</param>
    public static IReadOnlyList<string> DefaultLayers(Network network, Tensor input)
    {
        IReadOnlyList<SpatialStage> stages = SpatialStages(network, input);
        SpatialStage? first = stages.FirstOrDefault(stage => stage.Stage.Module is ConvolutionLayer) ?? (stages.Count > 0 ? stages[0] : null);
        IEnumerable<string> last = stages
            .Where(stage => stage.Stage.Watched && stage.Height * stage.Width > 1)
            .GroupBy(stage => (stage.Height, stage.Width))
            .Select(resolution => resolution.Last().Stage.Name);
        return [.. (first is null ? last : last.Prepend(first.Stage.Name)).Distinct()];
    }

    private static void Run(
        Network network, Tensor input, IReadOnlyList<(string Name, Module<Tensor, Tensor> Layer)> layers, Action<string, Tensor> look)
    {
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        var unhook = new List<Action>();
        foreach ((string name, Module<Tensor, Tensor> layer) in layers)
        {
            var hook = layer.register_forward_hook((_, _, output) =>
            {
                look(name, output);
                return output;
            });
            unhook.Add(hook.remove);
        }

        try
        {
            network.call(input);
        }
        finally
        {
            unhook.ForEach(remove => remove());
        }
    }

    private static LayerOutput Read(string name, Tensor output)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor first = output.select(0, 0).to(ScalarType.Float32).cpu().contiguous();
        int[] shape = [.. first.shape.Select(size => (int)size)];
        if (shape.Length is not (1 or 3))
            throw new ExplainException($"layer '{name}' gives {output.shape.Length} dimensions; expected (N, C, H, W) or (N, features).");
        return new LayerOutput(name, shape, first.data<float>().ToArray());
    }
}
