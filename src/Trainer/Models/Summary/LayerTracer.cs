using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Models.Summary;

/// <summary>Looks at every layer of a network while one picture goes through, until it is disposed.</summary>
internal sealed class LayerTracer : IDisposable
{
    private readonly List<LayerSummary> _layers = [];
    private readonly List<Action> _unhook = [];
    private readonly Dictionary<Tensor, Reach> _reach = new(ReferenceEqualityComparer.Instance);
    private readonly int _batch;
    private Reach _widest;

    /// <summary>Hooks every layer that is not made of others.</summary>
    /// <param name="network">The network.</param>
    /// <param name="picture">What goes in, (1, C, H, W).</param>
    /// <param name="batch">Pictures of a batch.</param>
    public LayerTracer(Network network, Tensor picture, int batch)
    {
        _batch = batch;
        _widest = new Reach(ReceptiveField.Pixel, picture.shape[^1]);
        _reach[picture] = _widest;
        foreach ((string name, Module module) in network.named_modules())
        {
            if (module is not Module<Tensor, Tensor> layer || layer.named_children().Any())
                continue;
            var hook = layer.register_forward_hook((_, input, output) => Look(name, layer, input, output));
            _unhook.Add(hook.remove);
        }
    }

    /// <summary>The layers that have computed, in that order.</summary>
    public IReadOnlyList<LayerSummary> Layers => _layers;

    /// <inheritdoc/>
    public void Dispose() => _unhook.ForEach(remove => remove());

    private Tensor Look(string name, Module<Tensor, Tensor> layer, Tensor input, Tensor output)
    {
        // What no layer has made is the concatenation of a block's ways: it reaches as far as the widest that there is by then.
        if (!_reach.TryGetValue(input, out Reach before))
            _reach[input] = before = _widest;
        Reach reach = Through(layer, before, input, output);
        _reach[output] = reach;
        if (reach.Field.Size > _widest.Field.Size)
            _widest = reach;
        long[] shape = [_batch, .. output.shape[1..]];
        _layers.Add(new LayerSummary(
            name,
            LayerKind.Of(layer),
            shape,
            layer.parameters().Sum(parameter => parameter.numel()),
            layer.parameters().Where(parameter => parameter.requires_grad).Sum(parameter => parameter.numel()),
            Macs(layer, output),
            shape.Aggregate((long)NetworkSummary.NumberBytes, (bytes, places) => bytes * places),
            reach.Field.Size));
        return output;
    }

    private static long Macs(Module layer, Tensor output) => layer switch
    {
        ConvolutionLayer conv => LayerFormulas.ConvolutionMacs(
            conv.Channels, conv.Outputs, conv.Kernel * conv.Kernel, output.shape[2] * output.shape[3], conv.Groups),
        LinearLayer linear => LayerFormulas.LinearMacs(linear.Features, linear.Outputs),
        _ => 0,
    };

    private static Reach Through(Module layer, Reach reach, Tensor input, Tensor output) => layer switch
    {
        ConvolutionLayer conv => reach.Slide(new Window(conv.Kernel, conv.Stride), output),
        MaxPool2d pool => reach.Slide(new Window(pool.kernel_size[0], pool.stride[0], Dilation: pool.dilation[0]), output),
        AvgPool2d pool => reach.Slide(new Window(pool.kernel_size[0], pool.stride[0]), output),
        // Pooling to more places than there are repeats some of them.
        AdaptiveAvgPool2d _ => new Reach(
            reach.Field.Through(Window.Adaptive(input.shape[2], output.shape[2])), Math.Min(reach.Places, output.shape[2])),
        // After a flattening it sees every place of the map at once.
        LinearLayer _ => new Reach(reach.Field.Through(new Window(reach.Places)), 1),
        _ => reach,
    };

    /// <summary>A receptive field, and the number of different ones that lie side by side along an axis.</summary>
    private readonly record struct Reach(ReceptiveField Field, long Places)
    {
        public Reach Slide(Window window, Tensor output) => new(Field.Through(window), output.shape[2]);
    }
}
