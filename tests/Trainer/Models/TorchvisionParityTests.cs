using Granary.Trainer.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Models;

/// <summary>
/// The same weights and picture give the same logits as torchvision 0.14's own models (on PyTorch 1.13): names and shapes alone would not
/// tell a stride in another convolution, another epsilon or a pooling that rounds differently.
/// </summary>
public sealed class TorchvisionParityTests
{
    private const uint Golden = 2_654_435_769;

    // The first four logits, and the mean of all thousand absolute values, of a 3x64x64 picture.
    [Theory]
    [InlineData("vgg11", 0.016729, 1.64183, -1.77946, 0.577489, 1.82203)]
    [InlineData("alexnet", 0.54882, 1.7794, -2.15881, -1.83244, 1.8019)]
    [InlineData("googlenet", 4.62008, -2.38651, -0.509243, -8.60522, 2.79699)]
    [InlineData("resnet18", -5.93216, 0.289531, -0.832805, 9.57673, 7.0235)]
    [InlineData("resnet50", 338.074, -161.394, -289.179, -137.162, 304.992)]
    [InlineData("resnext50_32x4d", 18.5543, 90.0747, -203.032, -131.84, 235.623)]
    [InlineData("densenet121", 0.332498, 0.857055, -0.948111, 0.432935, 0.532449)]
    [InlineData("mobilenet_v2", -1.38237, 0.463608, -4.59485, 1.15085, 2.16544)]
    public void Forward_SameWeights_GivesTorchvisionsLogits(string name, double first, double second, double third, double fourth, double mean)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable grad = no_grad();
        using Network network = ModelFactory.Create(name, new(3, 1000, 64));
        Fill(network);
        network.eval();

        float[] logits = network.call(Noise(3 * 64 * 64, 0, (1, 0)).view(1, 3, 64, 64)).data<float>().ToArray();

        // Six printed digits, and sums in another order.
        double tolerance = 1e-4 * mean;
        Assert.Equal(mean, logits.Average(Math.Abs), tolerance);
        Assert.All(
            new[] { first, second, third, fourth }.Zip(logits),
            pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    // Weights after He et al. from hashed numbers, everything else near what a fresh network has.
    private static void Fill(Network network)
    {
        uint tensor = 0;
        foreach ((string name, Tensor target) in network.state_dict().OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            tensor++;
            if (name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
                continue;
            bool one = name.EndsWith("weight", StringComparison.Ordinal) || name.EndsWith("running_var", StringComparison.Ordinal);
            long count = target.numel();
            (double Scale, double Offset) line = target.dim() > 1 ? (Math.Sqrt(6.0 / (count / target.shape[0])), 0) : (0.1, one ? 1 : 0);
            using Tensor numbers = Noise(count, tensor, line);
            target.copy_(numbers.view(target.shape));
        }
    }

    // The numbers that the reference used: an integer hash of the place, as a number in [-1, 1), scaled and shifted in float64.
    private static Tensor Noise(long count, uint tensor, (double Scale, double Offset) line)
    {
        float[] numbers = new float[count];
        for (long i = 0; i < count; i++)
        {
            uint x = unchecked(((uint)i * Golden) + (tensor * 7_919));
            x ^= x >> 15;
            x = unchecked(x * 2_246_822_507);
            x ^= x >> 13;
            numbers[i] = (float)((((x / 2147483648.0) - 1) * line.Scale) + line.Offset);
        }

        return torch.tensor(numbers);
    }
}
