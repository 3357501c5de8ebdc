using Granary.Trainer.Health;
using Granary.Trainer.Insight;

namespace Granary.Trainer.Tests.Health;

/// <summary>The verdicts on made-up histories; those on real runs are beside them.</summary>
public sealed class HealthCheckTests
{
    private static readonly double[] Steady = [1, 1.1, 0.9, 1, 1.05, 0.95, 1, 1.1];

    [Fact]
    public void Judge_NoSamples_IsHealthyWithoutLayers()
    {
        RunHealth health = HealthCheck.Judge([]);

        Assert.Equal((LayerHealth.Healthy, ""), (health.Health, health.Sentence));
        Assert.Empty(health.Layers);
    }

    [Fact]
    public void Judge_SteadyLayers_AreHealthyWithoutEvidence()
    {
        RunHealth health = Judge(Conv("conv1", Steady), Relu("relu1", Steady), Conv("fc", Steady));

        Assert.Equal((LayerHealth.Healthy, ""), (health.Health, health.Sentence));
        Assert.All(health.Layers, layer => Assert.Equal((LayerHealth.Healthy, ""), (layer.Health, layer.Evidence)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Judge_OutputsThatAreNoNumbers_ExplodeAtOnce(double deviation)
    {
        RunHealth health = Judge(Conv("conv1", [deviation]));

        Assert.Equal(LayerHealth.Exploding, health.Health);
        Assert.Equal(FormattableString.Invariant($"1 of 1 layers exploding; conv1: outputs of mean 0 and standard deviation {deviation} at step 1."), health.Sentence);
    }

    [Theory]
    [InlineData(49, false)] // Not high enough, whatever the growth.
    [InlineData(51, true)]
    public void Judge_DeviationThatGrows_ExplodesFromTheBound(double last, bool exploding)
    {
        LayerVerdict verdict = Judge(Conv("conv1", [1, 4, 16, last])).Layers[0];

        Assert.Equal(exploding ? LayerHealth.Exploding : LayerHealth.Healthy, verdict.Health);
        if (exploding)
            Assert.Equal("standard deviation 51 at step 61, 1 at step 1; about 1 is right", verdict.Evidence);
    }

    [Fact]
    public void Judge_HighButSteadyDeviation_IsHealthyUpToAThousand()
    {
        Assert.Equal(LayerHealth.Healthy, Judge(Conv("conv1", [60, 61, 70, 62])).Health);
        Assert.Equal(LayerHealth.Exploding, Judge(Conv("conv1", [2_000, 2_010, 2_005])).Health);
    }

    [Fact]
    public void Judge_WildUpdates_ExplodeWhenTheyGoOn()
    {
        LayerSample wild = Conv("fc", [1])[0] with { UpdateRatio = 0.7 };
        LayerSample calm = wild with { UpdateRatio = 0.01 };

        Assert.Equal(LayerHealth.Healthy, Judge([wild, calm, calm, calm, calm, calm]).Health);
        RunHealth health = Judge([calm, wild, wild, wild, wild, wild]);

        Assert.Equal(LayerHealth.Exploding, health.Health);
        Assert.Contains("changes its weights by 0.7 of their norm or more, from step 21 to 101; about 0.001 is right", health.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.985, false)] // Sparse: the most that runs which learn have shown.
    [InlineData(0.9993, true)]
    public void Judge_IdleReluWhoseFewOutputsAreNotSmall_IsDeadWhenPracticallyAllAre(double share, bool dead)
    {
        LayerSample idle = Relu("relu1", [0.3])[0] with { AbsoluteNearZero = share };

        RunHealth health = Judge(Conv("conv1", Steady.Take(5)), [idle, idle, idle, idle, idle]);

        Assert.Equal(dead ? LayerHealth.Dead : LayerHealth.Healthy, health.Health);
        Assert.Equal(dead ? "1 of 2 layers dead; relu1: 99.9 % of its outputs or more within 0.05 of zero from step 1 to 81." : "", health.Sentence);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1e-9, true)] // The rounding of float32 beside the other layers' 1.
    [InlineData(0.01, false)] // Small, and learning its way up.
    public void Judge_SilentLayer_IsDeadWithoutGradient(double gradient, bool dead)
    {
        LayerSample conv = Conv("conv1", [0])[0] with { AbsoluteNearZero = 1, GradientNorm = gradient, UpdateRatio = 0 };
        LayerSample relu = Relu("relu1", [0])[0] with { AbsoluteNearZero = 1 };

        RunHealth health = Judge(Same(conv, 5), Same(relu, 5), Conv("fc1", Steady.Take(5)), Conv("fc2", Steady.Take(5)));

        Assert.Equal(dead ? LayerHealth.Dead : LayerHealth.Healthy, health.Health);
        if (dead)
        {
            Assert.EndsWith(", and no gradient reaches its weights", health.Layers[0].Evidence, StringComparison.Ordinal);
            Assert.EndsWith(", and no gradient reaches conv1", health.Layers[1].Evidence, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(4, 20, false)] // Too few samples.
    [InlineData(5, 20, true)]
    [InlineData(5, 1, false)] // Too few steps.
    [InlineData(21, 1, true)]
    public void Judge_SilentLayer_IsDeadOnceItLasts(int samples, int every, bool dead)
    {
        LayerSample relu = Relu("relu1", [1])[0] with { AbsoluteNearZero = 1 };

        RunHealth health = HealthCheck.Judge(Samples([Same(relu, samples)], every));

        Assert.Equal(dead ? LayerHealth.Dead : LayerHealth.Healthy, health.Health);
    }

    [Fact]
    public void Judge_FadedGradientAndStillWeights_Vanish()
    {
        LayerSample faded = Conv("conv1", [1])[0] with { GradientNorm = 1e-5, UpdateRatio = 1e-8 };

        RunHealth health = Judge(Same(faded, 8), Conv("conv2", Steady), Conv("fc", Steady));

        Assert.Equal(LayerHealth.Vanishing, health.Health);
        Assert.Equal(
            "its gradient is 1e-05 of the later layers' (per weight) and a step changes its weights by 1e-08 of their norm at step 141, so since step 61; about 0.001 is right",
            health.Layers[0].Evidence);
        Assert.All(health.Layers.Skip(1), layer => Assert.Equal(LayerHealth.Healthy, layer.Health));
    }

    [Theory]
    [InlineData(1e-5, 1e-3)] // Adam moves the weights although the gradient is faint.
    [InlineData(0.1, 1e-8)] // The learning rate is near its end: all layers' updates are faint.
    public void Judge_FaintGradientOrFaintUpdateAlone_IsHealthy(double gradient, double update)
    {
        LayerSample layer = Conv("conv1", [1])[0] with { GradientNorm = gradient, UpdateRatio = update };

        Assert.Equal(LayerHealth.Healthy, Judge(Same(layer, 8), Conv("fc", Steady)).Health);
    }

    [Fact]
    public void Judge_TheLastLayer_CannotVanish()
    {
        LayerSample faded = Conv("fc", [1])[0] with { GradientNorm = 1e-9, UpdateRatio = 1e-12 };

        Assert.Equal(LayerHealth.Healthy, Judge(Conv("conv1", Steady), Same(faded, 8)).Health);
    }

    [Fact]
    public void Judge_RiseAndFallRepeated_Collapses()
    {
        // fastai's book, chapter 13: outputs grow exponentially, collapse, and start again.
        RunHealth health = Judge(Relu("relu4", [0.1, 0.2, 0.8, 3, 9, 0.2, 0.1, 0.5, 4, 6, 0.05, 0.06]));

        Assert.Equal(LayerHealth.Collapsing, health.Health);
        Assert.Equal(
            "2 times in steps 1 to 221 its outputs grew and fell back, at last from standard deviation 6 at step 181 to 0.05 at step 201",
            health.Layers[0].Evidence);
    }

    [Theory]
    [InlineData(new[] { 0.1, 0.2, 0.8, 3, 9, 0.2, 0.1, 0.1 })] // Once only.
    [InlineData(new[] { 9.0, 1, 0.5, 0.5, 0.5, 0.5 })] // Fell without having grown.
    [InlineData(new[] { 1.0, 3, 1, 3, 1, 3, 1, 3 })] // Less than the factor.
    [InlineData(new[] { 0.02, 0.1, 0.02, 0.15, 0.03, 0.2, 0.04 })] // Within the first bin of the picture: not yet learning.
    [InlineData(new[] { 0, 0, 0.1, 0.2, 0.5, 1, 2, 4 })] // A last BN that starts at zero.
    public void Judge_OtherCourses_DoNotCollapse(double[] deviations) =>
        Assert.Equal(LayerHealth.Healthy, Judge(Relu("relu", deviations)).Health);

    [Fact]
    public void Judge_SeveralVerdicts_TellsTheGravest()
    {
        LayerSample dead = Relu("relu1", [1])[0] with { AbsoluteNearZero = 1 };

        RunHealth health = Judge(Same(dead, 5), Conv("conv2", [1, 1, 1, 1, double.NaN]), Conv("fc", [1, 1, 1, 1, double.NaN]));

        Assert.Equal(LayerHealth.Exploding, health.Health);
        Assert.StartsWith("2 of 3 layers exploding; conv2: ", health.Sentence, StringComparison.Ordinal);
        Assert.Equal(LayerHealth.Dead, health.Layers[0].Health);
    }

    [Fact]
    public void Judge_MoreThanTheWindow_ForgetsTheOldest()
    {
        double[] once = [0.1, 5, 0.1, 5, 0.1, .. Enumerable.Repeat(0.5, Thresholds.Window)];

        Assert.Equal(LayerHealth.Healthy, Judge(Relu("relu", once)).Health);
        Assert.Equal(LayerHealth.Collapsing, Judge(Relu("relu", once.Take(20))).Health);
    }

    private static RunHealth Judge(params LayerSample[][] layers) => HealthCheck.Judge(Samples(layers, every: 20));

    private static List<WatchSample> Samples(LayerSample[][] layers, int every) =>
        [.. Enumerable.Range(0, layers[0].Length).Select(i => new WatchSample((i * every) + 1, [.. layers.Select(layer => layer[i])]))];

    private static LayerSample[] Same(LayerSample sample, int times) => [.. Enumerable.Repeat(sample, times)];

    private static LayerSample[] Conv(string name, IEnumerable<double> deviations) =>
        [.. Relu(name, deviations).Select(sample => sample with { Kind = "Conv2d", GradientNorm = 1, WeightNorm = 1, UpdateRatio = 1e-3 })];

    private static LayerSample[] Relu(string name, IEnumerable<double> deviations) =>
    [
        .. deviations.Select(deviation => new LayerSample
        {
            Layer = name,
            Kind = "ReLU",
            Mean = 0,
            StandardDeviation = deviation,
            NearZero = 0.6,
            AbsoluteNearZero = 0.5,
            Histogram = new LayerHistogram(0, 10, 0, new int[LayerHistogram.Bins]),
        }),
    ];
}
