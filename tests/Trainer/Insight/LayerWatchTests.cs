using Granary.Specs;
using Granary.Trainer.Data;
using Granary.Trainer.Insight;
using Granary.Trainer.Learning;
using Granary.Trainer.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Tests.Insight;

public sealed class LayerWatchTests
{
    // Two pictures of 2x2, as numbers 0, 0.2, 0.4, 1 and 0, 0, 0, 1.
    private static readonly byte[] Pixels = [0, 51, 102, 255, 0, 0, 0, 255];

    [Fact]
    public void Sample_OfOneRelu_EqualsTheNumbersByHand()
    {
        // By hand: mean 2.6 / 8; sum of squares 2.2, variance (2.2 - 8 * 0.325^2) / 7; 4 of 8 at or below 0.05. Bins are 0.25 wide.
        using var network = new Network(
            "probe",
            [new("relu", ReLU(), Watched: true), new("flatten", nn.Flatten(), false), new("fc", nn.Linear(4, 2), Watched: true)]);

        LayerSample relu = Samples(network, every: 1)[0].Layers[0];

        Assert.Equal(("relu", "ReLU"), (relu.Layer, relu.Kind));
        Assert.Equal(0.325, relu.Mean, 6);
        Assert.Equal(Math.Sqrt((2.2 - (8 * 0.325 * 0.325)) / 7), relu.StandardDeviation, 6);
        Assert.Equal((0.5, 0.5), (relu.NearZero, relu.AbsoluteNearZero));
        Assert.Equal((0d, 10d, 8L), (relu.Histogram.Low, relu.Histogram.High, relu.Histogram.Examined));
        Assert.Equal([5, 1, 0, 0, 2, .. new int[35]], relu.Histogram.Counts);
        Assert.Equal((null, null, null), (relu.GradientNorm, relu.WeightNorm, relu.UpdateRatio));
    }

    [Fact]
    public void Sample_OfALinearLayer_HasPyTorchsNorms()
    {
        // PyTorch 1.13: l = nn.Linear(4, 2); l.weight = arange(8)/10 - 0.3, l.bias = [-0.2, 0.1]; cross_entropy over the two pictures
        // with targets 0 and 1; SGD(lr=0.1, weight_decay=0.5). Negative outputs widen the histogram to -10..10, bins of 0.5.
        using var network = new Network("probe", [new("flatten", nn.Flatten(), false), new("fc", Filled(), Watched: true)]);

        LayerSample linear = Samples(network, every: 1, weightDecay: 0.5)[0].Layers.Single();

        Assert.Equal(0.17, linear.Mean, 6);
        Assert.Equal(0.47902679443359375, linear.StandardDeviation, 6);
        Assert.Equal((0.5, 0.0), (linear.NearZero, linear.AbsoluteNearZero));
        Assert.Equal(0.4491124153137207, linear.GradientNorm!.Value, 6);
        Assert.Equal(0.7, linear.WeightNorm!.Value, 6);
        Assert.Equal(0.10556404259484227, linear.UpdateRatio!.Value, 6);
        Assert.Equal(-10, linear.Histogram.Low);
        Assert.Equal([.. new int[19], 2, 0, 2, .. new int[18]], linear.Histogram.Counts);
    }

    [Theory]
    [InlineData(1, new long[] { 1, 2, 3, 4 })]
    [InlineData(3, new long[] { 1, 4 })]
    [InlineData(0, new long[0])]
    public void Samples_EveryNSteps_BeginWithTheFirst(int every, long[] steps)
    {
        using var network = new Network("probe", [new("flatten", nn.Flatten(), false), new("fc", nn.Linear(4, 2), Watched: true)]);

        Assert.Equal(steps, Samples(network, every, epochs: 4).Select(sample => sample.Step));
    }

    [Fact]
    public void Sample_OfAResNet_NamesEveryLayerAndBlock()
    {
        using Network network = ModelFactory.Create("resnet18", new ModelShape(1, 2, 32));
        var data = new ImageSet("set", 1, 32, new byte[2 * 32 * 32], [0, 1]);

        LayerSample[] layers = [.. Samples(network, every: 1, data: data)[0].Layers];

        // 20 convolutions, 20 BNs (both with the 3 shortcuts), the stem's ReLU and the last linear; 8 blocks.
        Assert.Equal(20, layers.Count(layer => layer.Kind == nameof(Conv2d)));
        Assert.Equal(20, layers.Count(layer => layer.Kind == nameof(BatchNorm2d)));
        Assert.Equal(["conv1", "bn1", "relu", "layer1.0.conv1"], layers.Take(4).Select(layer => layer.Layer));
        LayerSample block = Assert.Single(layers, layer => layer.Layer == "layer2.0");
        double parts = layers.Where(layer => layer.Layer.StartsWith("layer2.0.", StringComparison.Ordinal))
            .Sum(layer => layer.GradientNorm!.Value * layer.GradientNorm.Value);
        Assert.Equal(Math.Sqrt(parts), block.GradientNorm!.Value, 6);
        Assert.All(layers.Where(layer => layer.GradientNorm is not null), layer => Assert.True(layer.WeightNorm > 0));
    }

    [Fact]
    public void Sample_OfALargeTensorFarFromZero_KeepsItsDigits()
    {
        // 300 * 32 * 32 = 307,200 numbers: ten parts on a CPU. All pixels 0 or 255 alternately, times 0.02, plus 1,000:
        // mean 1,000.01, standard deviation 0.01 * sqrt(n / (n - 1)). float32 holds such numbers to 6e-5.
        byte[] pixels = [.. Enumerable.Range(0, 300 * 32 * 32).Select(i => (byte)(i % 2 * 255))];
        var data = new ImageSet("set", 1, 32, pixels, new int[300]);
        Conv2d affine = Conv2d(1, 1, 1);
        using (no_grad())
        {
            affine.weight.fill_(0.02);
            affine.bias!.fill_(1000);
        }

        using var network = new Network(
            "probe", [new("conv", affine, true), new("pool", AdaptiveAvgPool2d(1), false), new("flatten", nn.Flatten(), false), new("fc", nn.Linear(1, 2), true)]);

        LayerSample conv = Samples(network, every: 1, data: data)[0].Layers[0];

        Assert.Equal(1000.01, conv.Mean, 3);
        Assert.Equal(0.01, conv.StandardDeviation, 4);
        Assert.Equal((0.0, 0.0), (conv.NearZero, conv.AbsoluteNearZero));
        Assert.Equal(0, conv.Histogram.Counts.Sum());
        Assert.InRange(conv.Histogram.Examined, OutputStatistics.MostExamined - 1_000, OutputStatistics.MostExamined);
    }

    [Fact]
    public void Sample_OfFrozenAndOfUnusedParameters_HasNoGradient()
    {
        Linear frozen = nn.Linear(4, 3);
        foreach (Parameter parameter in frozen.parameters())
            parameter.requires_grad = false;
        using var network = new Network(
            "probe", [new("flatten", nn.Flatten(), false), new("fc1", frozen, true), new("fc2", nn.Linear(3, 2), true)]);

        IReadOnlyList<LayerSample> layers = Samples(network, every: 1)[0].Layers;

        Assert.Null(layers[0].GradientNorm);
        Assert.Null(layers[0].UpdateRatio);
        Assert.True(layers[0].WeightNorm > 0);
        Assert.True(layers[1].GradientNorm > 0);
    }

    [Fact]
    public void Sample_OfOutputsThatAreNotANumber_SaysSo()
    {
        Linear broken = Filled();
        using (no_grad())
            broken.bias!.fill_(double.NaN);
        using var network = new Network("probe", [new("flatten", nn.Flatten(), false), new("fc", broken, true)]);

        LayerSample layer = Samples(network, every: 1)[0].Layers.Single();

        Assert.True(double.IsNaN(layer.Mean) && double.IsNaN(layer.StandardDeviation) && double.IsNaN(layer.GradientNorm!.Value));
        Assert.Equal(0, layer.NearZero);
        Assert.Equal(0, layer.Histogram.Counts.Sum());
    }

    private static Linear Filled()
    {
        Linear linear = nn.Linear(4, 2);
        using IDisposable grad = no_grad();
        linear.weight.copy_(arange(8, dtype: ScalarType.Float32).reshape(2, 4) / 10 - 0.3);
        linear.bias!.copy_(tensor(new[] { -0.2f, 0.1f }));
        return linear;
    }

    private static List<WatchSample> Samples(
        Network network, int every, int epochs = 1, double weightDecay = 0, ImageSet? data = null)
    {
        data ??= new ImageSet("set", 1, 2, Pixels, [0, 1]);
        List<WatchSample> samples = [];
        using var watch = new LayerWatch(network, every);
        using optim.Optimizer optimizer =
            Optimizers.Create(new TrainSpec { LearningRate = 0.1, WeightDecay = weightDecay, Momentum = 0 }, network.parameters());
        new Learner(new LearnerParts
        {
            Model = network,
            Optimizer = optimizer,
            Data = new TrainingData(data, data, Classes: 2, Normalisation.UnitRange),
            Device = CPU,
            BatchSize = data.Count,
            Epochs = epochs,
            Seed = 1,
            Schedule = _ => 0.1,
            Reduction = SingleProcess.Instance,
            Time = TimeProvider.System,
            Callbacks = [watch, new Probe(_ => samples.AddRange(watch.Sample is { } sample ? [sample] : []))],
        }).Fit(CancellationToken.None);
        return samples;
    }

    private sealed class Probe(Action<Learner> afterStep) : Callback
    {
        public override int Order => 95;

        public override void AfterStep(Learner learner) => afterStep(learner);
    }
}
