using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Models;

/// <summary>
/// Ways to draw a network's first weights. Layers that a method leaves alone keep the library's own: uniform in +-1/sqrt(fan-in) for
/// weights and biases, 1 and 0 for batch normalisation.
/// </summary>
internal static class Initialisation
{
    /// <summary>Weights of convolutions and linear layers after Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks" (AISTATS 2010).</summary>
    /// <param name="network">The network, changed in place.</param>
    public static Network XavierUniform(this Network network) => ForEachWeight(network, (weight, _) => init.xavier_uniform_(weight));

    /// <summary>Weights of convolutions and linear layers after He et al., "Delving Deep into Rectifiers" (arXiv:1502.01852), gain of ReLU; biases zero.</summary>
    /// <param name="network">The network, changed in place.</param>
    public static Network KaimingUniform(this Network network) => ForEachWeight(
        network,
        (weight, bias) =>
        {
            init.kaiming_uniform_(weight, nonlinearity: init.NonlinearityType.ReLU);
            if (bias is not null)
                init.zeros_(bias);
        });

    private static Network ForEachWeight(Network network, Action<Parameter, Parameter?> draw)
    {
        network.apply(module =>
        {
            switch (module)
            {
                case Conv2d conv:
                    draw(conv.weight, conv.bias);
                    break;
                case Linear linear:
                    draw(linear.weight, linear.bias);
                    break;
            }
        });
        return network;
    }
}
