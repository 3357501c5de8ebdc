using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Models.Summary;

/// <summary>A network layer by layer.</summary>
/// <param name="Layers">Every layer, those inside blocks too, in the order in which they compute.</param>
/// <param name="Total">All of them together.</param>
internal sealed record NetworkSummary(IReadOnlyList<LayerSummary> Layers, SummaryTotal Total)
{
    /// <summary>Bytes of a float32 number.</summary>
    public const int NumberBytes = sizeof(float);

    /// <summary>Sends one picture of zeros through a network, in evaluation, and looks at each layer.</summary>
    /// <param name="network">The network, on the CPU; left in evaluation.</param>
    /// <param name="channels">Channels of a picture.</param>
    /// <param name="size">Height and width of a picture, in pixels.</param>
    /// <param name="batch">Pictures of a batch: what shapes and bytes are for.</param>
    public static NetworkSummary Of(Network network, int channels, int size, int batch)
    {
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        network.eval();
        Tensor picture = zeros(1, channels, size, size);
        using var tracer = new LayerTracer(network, picture, batch);
        network.call(picture);
        IReadOnlyList<LayerSummary> layers = tracer.Layers;
        long parameters = layers.Sum(layer => layer.Parameters);
        return new NetworkSummary(
            layers,
            new SummaryTotal(
                parameters,
                layers.Sum(layer => layer.Trainable),
                layers.Sum(layer => layer.Macs),
                layers.Sum(layer => layer.Bytes),
                parameters * NumberBytes));
    }
}
