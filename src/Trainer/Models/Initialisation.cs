using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Models;

/// <summary>
/// Ways to draw a network's first weights. Layers that a method leaves alone keep the library's own: uniform in +-1/sqrt(fan-in) for
/// weights and biases, 1 and 0 for batch normalisation.
/// </summary>
internal static class Initialisation
{
    private const string NetworksOwn = "default";

    private static readonly Dictionary<string, Action<Parameter>> ByName = new()
    {
        ["xavier-uniform"] = weight => init.xavier_uniform_(weight),
        ["xavier-normal"] = weight => init.normal_(weight, 0, Math.Sqrt(2.0 / (FanIn(weight) + FanOut(weight)))),
        ["kaiming-uniform"] = weight => init.kaiming_uniform_(weight, nonlinearity: init.NonlinearityType.ReLU),
        ["kaiming-normal"] = weight => init.kaiming_normal_(weight, nonlinearity: init.NonlinearityType.ReLU),
    };

    /// <summary>
    /// Draws the weights of every convolution and linear layer anew, and sets their biases to zero, as both papers do: <c>xavier-uniform</c>
    /// and <c>xavier-normal</c> with variance 2 / (fan-in + fan-out) (Glorot and Bengio, AISTATS 2010), <c>kaiming-uniform</c> and
    /// <c>kaiming-normal</c> with variance 2 / fan-in (He et al., arXiv:1502.01852); <c>default</c> leaves the network's own. Batch
    /// normalisations keep theirs.
    /// </summary>
    /// <param name="network">The network, changed in place.</param>
    /// <param name="name">The method.</param>
    /// <exception cref="ArgumentException">There is no such method.</exception>
    public static Network Initialise(this Network network, string name)
    {
        if (name == NetworksOwn)
            return network;
        if (!ByName.TryGetValue(name, out Action<Parameter>? draw))
        {
            throw new ArgumentException(
                $"train.init is '{name}'; expected one of {NetworksOwn}, {string.Join(", ", ByName.Keys)}.", nameof(name));
        }

        return ForEachWeight(
            network,
            (weight, bias) =>
            {
                draw(weight);
                Zero(bias);
            });
    }

    /// <summary>
    /// Weights of convolutions and linear layers after Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
    /// networks" (AISTATS 2010).
    /// </summary>
    /// <param name="network">The network, changed in place.</param>
    public static Network XavierUniform(this Network network) => ForEachWeight(network, (weight, _) => init.xavier_uniform_(weight));

    /// <summary>
    /// Weights of convolutions and linear layers after He et al., "Delving Deep into Rectifiers" (arXiv:1502.01852), gain of ReLU; biases
    /// zero.
    /// </summary>
    /// <param name="network">The network, changed in place.</param>
    public static Network KaimingUniform(this Network network) => ForEachWeight(
        network,
        (weight, bias) =>
        {
            init.kaiming_uniform_(weight, nonlinearity: init.NonlinearityType.ReLU);
            Zero(bias);
        });

    /// <summary>
    /// torchvision's VGG and MobileNet: convolutions after He et al. by fan-out, linear layers normal with deviation 0.01, biases zero.
    /// </summary>
    /// <param name="network">The network, changed in place.</param>
    public static Network KaimingFanOutNormalLinear(this Network network) => ForEach(
        network,
        conv => KaimingFanOut(conv.weight, conv.bias),
        linear =>
        {
            init.normal_(linear.weight, 0, 0.01);
            Zero(linear.bias);
        });

    /// <summary>torchvision's ResNet: convolutions after He et al. by fan-out.</summary>
    /// <param name="network">The network, changed in place.</param>
    public static Network KaimingFanOut(this Network network) =>
        ForEach(network, conv => KaimingFanOut(conv.weight, conv.bias), _ => { });

    /// <summary>torchvision's DenseNet, fastai's ConvLayer: convolutions after He et al. by fan-in, biases of linear layers zero.</summary>
    /// <param name="network">The network, changed in place.</param>
    public static Network KaimingFanIn(this Network network) =>
        ForEach(network, conv => init.kaiming_normal_(conv.weight), linear => Zero(linear.bias));

    /// <summary>torchvision's GoogLeNet: all weights normal with deviation 0.01 (it cuts at +-2, 200 deviations away).</summary>
    /// <param name="network">The network, changed in place.</param>
    public static Network SmallNormal(this Network network) => ForEachWeight(network, (weight, _) => init.normal_(weight, 0, 0.01));

    private static long FanIn(Parameter weight) => init.CalculateFanInAndFanOut(weight).fanIn;

    private static long FanOut(Parameter weight) => init.CalculateFanInAndFanOut(weight).fanOut;

    private static void KaimingFanOut(Parameter weight, Parameter? bias)
    {
        init.kaiming_normal_(weight, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU);
        Zero(bias);
    }

    private static void Zero(Parameter? bias)
    {
        if (bias is not null)
            init.zeros_(bias);
    }

    private static Network ForEachWeight(Network network, Action<Parameter, Parameter?> draw) =>
        ForEach(network, conv => draw(conv.weight, conv.bias), linear => draw(linear.weight, linear.bias));

    private static Network ForEach(Network network, Action<ConvolutionLayer> drawConv, Action<LinearLayer> drawLinear)
    {
        network.apply(module =>
        {
            switch (module)
            {
                case ConvolutionLayer conv:
                    drawConv(conv);
                    break;
                case LinearLayer linear:
                    drawLinear(linear);
                    break;
            }
        });
        return network;
    }
}
