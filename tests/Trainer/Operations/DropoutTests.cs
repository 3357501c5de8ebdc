using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Operations;

/// <summary>Dropout (seed texts 001 and 003): what it does in training, and that it does nothing in evaluation.</summary>
public sealed class DropoutTests : IDisposable
{
    private const int Count = 100_000;

    private readonly DisposeScope _scope = NewDisposeScope();

    public DropoutTests() => manual_seed(11);

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.5)]
    public void Training_ZeroesThatShareAndKeepsTheMean(double p)
    {
        using var layer = nn.Dropout(p);

        float[] values = layer.call(ones(Count)).Values();

        float kept = (float)(1 / (1 - p));
        Assert.All(values, value => Assert.True(value == 0 || value == kept));
        // Five standard deviations of a binomial share.
        double room = 5 * Math.Sqrt(p * (1 - p) / Count);
        Assert.InRange(values.Count(value => value == 0) / (double)Count, p - room, p + room);
    }

    [Fact]
    public void Evaluation_PassesItsInputOn()
    {
        using var layer = nn.Dropout(0.5);
        layer.eval();
        Tensor x = randn(100);

        Assert.Equal(x.Values(), layer.call(x).Values());
    }

    [Fact]
    public void Training_SameSeed_DropsTheSame()
    {
        using var layer = nn.Dropout(0.5);

        manual_seed(12);
        float[] first = layer.call(ones(1_000)).Values();
        manual_seed(12);

        Assert.Equal(first, layer.call(ones(1_000)).Values());
    }

    [Fact]
    public void Gradient_FlowsWhereNothingWasDropped()
    {
        using var layer = nn.Dropout(0.5);
        Tensor x = ones([1_000], requires_grad: true);

        Tensor y = layer.call(x);
        y.sum().backward();

        Assert.Equal(y.detach().Values(), x.grad!.Values());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Training_AtTheEnds_KeepsAllOrNothing(double p, float expected)
    {
        using var layer = nn.Dropout(p);

        Assert.All(layer.call(ones(100)).Values(), value => Assert.Equal(expected, value));
    }
}
