using TorchSharp;
using TorchSharp.Modules;
using static Granary.Trainer.Tests.Operations.ByHand;
using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Operations;

/// <summary>Batch normalisation: the function that seed text 003 writes out against the library's layers, in both modes.</summary>
public sealed class BatchNormTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public BatchNormTests() => manual_seed(9);

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(new long[] { 8, 3 })]
    [InlineData(new long[] { 4, 3, 5, 6 })]
    public void Layer_TwoTrainingStepsThenEvaluation_EqualsTheHand(long[] shape)
    {
        var hand = new Hand(channels: 3, shape.Length);
        using NormBase layer = shape.Length == 2 ? nn.BatchNorm1d(3) : nn.BatchNorm2d(3);
        using (no_grad())
        {
            layer.weight!.copy_(tensor([0.5f, 1, 2]));
            layer.bias!.copy_(tensor([-1f, 0, 1]));
        }

        for (int step = 1; step <= 2; step++)
        {
            Tensor x = (randn(shape) * 3) + 2;
            AssertClose(hand.Train(x), layer.call(x));
            AssertClose(hand.Mean.view(3), layer.running_mean!);
            AssertClose(hand.Variance.view(3), layer.running_var!);
            Assert.Equal(step, layer.num_batches_tracked!.item<long>());
        }

        layer.eval();
        Tensor unseen = randn(shape);
        AssertClose(hand.Evaluate(unseen), layer.call(unseen));
        Assert.Equal(2, layer.num_batches_tracked!.item<long>());
    }

    [Fact]
    public void Layer_Training_GivesMeanZeroAndDeviationOne()
    {
        using BatchNorm2d layer = nn.BatchNorm2d(3);

        Tensor y = layer.call((randn(16, 3, 8, 8) * 5) - 7);

        AssertClose(zeros(3), y.mean([0L, 2, 3]), 1e-4);
        AssertClose(ones(3), y.std([0L, 2, 3], unbiased: false), 1e-4);
    }

    [Fact]
    public void Layer_AfterAConvolution_MakesItsBiasIdle()
    {
        // Why a convolution before BN has no bias (003): the mean takes it away again.
        Tensor x = randn(4, 2, 6, 6);
        using Conv2d convolution = nn.Conv2d(2, 3, 3);
        using BatchNorm2d layer = nn.BatchNorm2d(3);

        Tensor with = layer.call(convolution.call(x));
        Tensor without = layer.call(nn.functional.conv2d(x, convolution.weight));

        AssertClose(without, with, 1e-4);
    }

    [Fact]
    public void Layer_Gradient_IsThatOfTheHand()
    {
        Tensor x = randn([4, 3, 5, 5], ScalarType.Float64);
        Tensor weights = randn([4, 3, 5, 5], ScalarType.Float64);
        using BatchNorm2d layer = nn.BatchNorm2d(3, dtype: ScalarType.Float64);

        Tensor first = x.clone().requires_grad_();
        (layer.call(first) * weights).sum().backward();
        Tensor second = x.clone().requires_grad_();
        (Hand.Normalise(second, [0, 2, 3]) * weights).sum().backward();

        AssertClose(second.grad!, first.grad!, 1e-9);
    }

    // The text keeps 0.9 of its running numbers, which the library calls a momentum of 0.1. The text keeps the variance over n, the library
    // that over n - 1; scale and shift are those of the test.
    private sealed class Hand(int channels, int dimensions)
    {
        private const double Eps = 1e-5;

        private readonly long[] _shape = dimensions == 2 ? [1, channels] : [1, channels, 1, 1];
        private readonly long[] _axes = dimensions == 2 ? [0] : [0, 2, 3];

        public Tensor Mean { get; private set; } = zeros(dimensions == 2 ? [1, channels] : [1, channels, 1, 1]);

        public Tensor Variance { get; private set; } = ones(dimensions == 2 ? [1, channels] : [1, channels, 1, 1]);

        private Tensor Gamma => tensor([0.5f, 1, 2]).view(_shape);

        private Tensor Beta => tensor([-1f, 0, 1]).view(_shape);

        public static Tensor Normalise(Tensor x, long[] axes)
        {
            Tensor mean = x.mean(axes, keepdim: true);
            return (x - mean) / ((x - mean).pow(2).mean(axes, keepdim: true) + Eps).sqrt();
        }

        public Tensor Train(Tensor x)
        {
            double n = _axes.Aggregate(1.0, (product, axis) => product * x.shape[axis]);
            Tensor mean = x.mean(_axes, keepdim: true);
            Tensor variance = (x - mean).pow(2).mean(_axes, keepdim: true);
            Mean = (Mean * 0.9) + (mean * 0.1);
            Variance = (Variance * 0.9) + (variance * (0.1 * n / (n - 1)));
            return (Gamma * Normalise(x, _axes)) + Beta;
        }

        public Tensor Evaluate(Tensor x) => (Gamma * ((x - Mean) / (Variance + Eps).sqrt())) + Beta;
    }
}
