using Granary.Trainer.Models;
using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Models;

/// <summary>
/// Variances after Glorot and Bengio 2010, equations 12 and 16 (2 / (fan-in + fan-out)), and He et al. 2015, equation 10 (2 / fan-in); a
/// uniform distribution in +-b has variance b^2 / 3. The fans of a convolution count its kernel's places.
/// </summary>
public sealed class InitialisationTests
{
    // conv2 of this network: 32 to 64 channels, 3x3, so fan-in 288 and fan-out 576; fc1: 4096 to 512. The deviation of n draws' variance is
    // variance x sqrt(2 / n) at most (normal), 1 % for the 18,432 weights of conv2.
    [Theory]
    [InlineData("xavier-uniform", "conv2.weight", 2.0 / (288 + 576))]
    [InlineData("xavier-normal", "conv2.weight", 2.0 / (288 + 576))]
    [InlineData("kaiming-uniform", "conv2.weight", 2.0 / 288)]
    [InlineData("kaiming-normal", "conv2.weight", 2.0 / 288)]
    [InlineData("xavier-uniform", "fc1.weight", 2.0 / (4096 + 512))]
    [InlineData("xavier-normal", "fc1.weight", 2.0 / (4096 + 512))]
    [InlineData("kaiming-uniform", "fc1.weight", 2.0 / 4096)]
    [InlineData("kaiming-normal", "fc1.weight", 2.0 / 4096)]
    public void Initialise_ByName_DrawsWithTheMethodsVariance(string method, string parameter, double variance)
    {
        float[] weights = Draw(method, parameter);

        double actual = weights.Average(weight => (double)weight * weight);
        Assert.InRange(actual, variance * 0.95, variance * 1.05);
        double greatest = weights.Max(Math.Abs);
        double bound = Math.Sqrt(3 * variance);
        if (method.EndsWith("-uniform", StringComparison.Ordinal))
            Assert.InRange(greatest, 0.99 * bound, bound);
        else
            Assert.True(greatest > 1.5 * bound, $"{greatest} is no greatest of many normal draws of deviation {Math.Sqrt(variance)}");
    }

    [Theory]
    [InlineData("xavier-uniform")]
    [InlineData("kaiming-normal")]
    public void Initialise_ByName_ZeroesBiasesOfConvolutionsAndLinearLayers(string method)
    {
        Assert.All(Draw(method, "conv2.bias"), bias => Assert.Equal(0, bias));
        Assert.All(Draw(method, "fc2.bias"), bias => Assert.Equal(0, bias));
    }

    [Fact]
    public void Initialise_Default_LeavesTheNetworksOwn()
    {
        manual_seed(3);
        using Network own = ModelFactory.Create("simple-cnn-2", new(3, 10, 32));

        Assert.Equal(own.state_dict()["conv2.weight"].data<float>().ToArray(), Draw("default", "conv2.weight"));
    }

    [Fact]
    public void Initialise_NetworkWithZeroedBatchNorm_KeepsItAtZero()
    {
        using Network network = ModelFactory.Create("xresnet18", new(3, 10, 32) { Width = 0.25 }).Initialise("xavier-normal");

        Assert.Equal(0, network.state_dict()["layer1.0.convs.1.1.weight"].abs().sum().item<float>());
    }

    [Fact]
    public void Initialise_UnknownName_ListsTheKnown()
    {
        using Network network = ModelFactory.Create("lenet", new(1, 10, 28));

        ArgumentException error = Assert.Throws<ArgumentException>(() => network.Initialise("orthogonal"));

        Assert.Contains("default, xavier-uniform, xavier-normal, kaiming-uniform, kaiming-normal", error.Message, StringComparison.Ordinal);
    }

    private static float[] Draw(string method, string parameter)
    {
        manual_seed(3);
        using Network network = ModelFactory.Create("simple-cnn-2", new(3, 10, 32)).Initialise(method);
        return network.state_dict()[parameter].data<float>().ToArray();
    }
}
