using static TorchSharp.torch;

namespace Granary.Conformance.TorchSharp.Tests;

public sealed class RandomTests
{
    [Fact]
    public void ManualSeed_Same_GivesTheSameNumbers()
    {
        using var generator = new Generator(7);
        using Tensor first = rand([5], generator: generator);

        generator.manual_seed(7);
        using Tensor again = rand([5], generator: generator);

        Assert.True(first.Equals(again));
        Assert.Equal(7, generator.initial_seed());
    }

    [Fact]
    public void GetState_SetState_GoesBackToThatPoint()
    {
        using var generator = new Generator(1);
        rand([3], generator: generator).Dispose();
        using Tensor state = generator.get_state();
        using Tensor first = randperm(10, generator: generator);

        generator.set_state(state);
        using Tensor again = randperm(10, generator: generator);

        Assert.True(first.Equals(again));
    }

    [Fact]
    public void Rand_SeedZero_GivesPyTorchsNumbers()
    {
        // torch.manual_seed(0); torch.rand(3) in PyTorch: 0.4963, 0.7682, 0.0885.
        using var generator = new Generator(0);
        using Tensor values = rand([3], generator: generator);

        float[] expected = [0.4963f, 0.7682f, 0.0885f];
        Assert.All(expected.Zip(values.data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void KaimingUniform_ReLU_StaysWithinItsBound()
    {
        using Tensor weight = empty([64, 3, 5, 5]);

        nn.init.kaiming_uniform_(weight, nonlinearity: nn.init.NonlinearityType.ReLU);

        // gain sqrt(2) * sqrt(3 / fan-in), fan-in 75.
        double bound = Math.Sqrt(2) * Math.Sqrt(3.0 / 75);
        float greatest = weight.abs().max().item<float>();
        Assert.InRange(greatest, 0.95 * bound, bound);
    }

    [Fact]
    public void XavierUniform_Matrix_HasTheFormulasDeviation()
    {
        using Tensor weight = empty([300, 500]);

        nn.init.xavier_uniform_(weight);

        Assert.Equal(Math.Sqrt(2.0 / 800), weight.std().item<float>(), 5e-4);
    }
}
