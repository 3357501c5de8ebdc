using Granary.Specs;
using Granary.Trainer.Data;
using Granary.Trainer.Health;
using Granary.Trainer.Insight;
using Granary.Trainer.Learning;
using Granary.Trainer.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Health;

/// <summary>The verdicts on real, short trainings: those that are ruined get theirs, those that learn get none at any sample.</summary>
public sealed class RealRunVerdictsTests
{
    // Learning rates of the seeds' results table (0.15, 1.0, 0.05, 0.1 for batch 256), lower where the batch of 32 needs it.
    [Theory]
    [InlineData("lenet-relu", 1, 0.05)]
    [InlineData("lenet-bn", 1, 1.0)]
    [InlineData("resnet18", 0.125, 0.05)]
    [InlineData("densenet-d2l", 0.25, 0.1)]
    public async Task Train_ASoundNetwork_GetsNoVerdictAtAnySample(string model, double width, double rate)
    {
        WatchedRun run = await WatchedRun.TrainAsync(new ModelSpec { Name = model, Width = width }, new TrainSpec { LearningRate = rate });

        Assert.All(run.Verdicts, verdict => Assert.Equal((LayerHealth.Healthy, ""), (verdict.Health.Health, verdict.Health.Sentence)));
        Assert.Equal(50, run.Verdicts.Count);
        // Sound is what learns: these reached 0.94 to 0.99 when the test was written.
        Assert.InRange(run.Accuracy, 0.8, 1);
    }

    // Seeds 000: much too high a learning rate makes outputs explode.
    [Theory]
    [InlineData("lenet-relu", 1, 2)]
    [InlineData("lenet-bn", 1, 20)]
    [InlineData("resnet18", 0.125, 5)]
    public async Task Train_MuchTooHot_ExplodesWithinTheFirstSteps(string model, double width, double rate)
    {
        WatchedRun run = await WatchedRun.TrainAsync(
            new ModelSpec { Name = model, Width = width }, new TrainSpec { LearningRate = rate, Momentum = 0.9 }, steps: 60);

        (long step, RunHealth first) = run.Verdicts.First(verdict => verdict.Health.Health != LayerHealth.Healthy);
        Assert.Equal(LayerHealth.Exploding, first.Health);
        Assert.InRange(step, 2, 30);
        Assert.Matches("^[0-9]+ of [0-9]+ layers exploding; [a-z0-9.]+: .+[.]$", first.Sentence);
    }

    [Fact]
    public async Task Train_AllWeightsZero_IsDead()
    {
        WatchedRun run = await WatchedRun.TrainAsync(
            new ModelSpec { Name = "lenet-relu" }, new TrainSpec { LearningRate = 0.05 }, steps: 60, new Spoil(parameter => parameter.zero_()));

        Assert.Equal(LayerHealth.Dead, run.Last.Health);
        // The last layer's bias alone learns: how often each class occurs.
        Assert.Equal(LayerHealth.Healthy, run.Last.Layers[^1].Health);
        Assert.Equal(
            ["conv1", "relu1", "conv2", "relu2"], run.Last.Layers.Where(layer => layer.Health == LayerHealth.Dead).Select(layer => layer.Layer).Take(4));
        Assert.EndsWith("and no gradient reaches its weights", run.Last.Layers[0].Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_DyingReLUs_AreDeadFromThereOn()
    {
        // No sum of products reaches 1,000: relu2 never opens again, and nothing before it learns.
        WatchedRun run = await WatchedRun.TrainAsync(
            new ModelSpec { Name = "lenet-relu" }, new TrainSpec { LearningRate = 0.05 }, steps: 60,
            new Spoil(parameter => parameter.fill_(-1_000), name: "conv2.bias"));

        LayerVerdict relu2 = run.Last.Layers.Single(layer => layer.Layer == "relu2");
        Assert.Equal(LayerHealth.Dead, relu2.Health);
        Assert.StartsWith("100.0 % of its outputs or more within 0.05 of zero", relu2.Evidence, StringComparison.Ordinal);
        Assert.EndsWith("and no gradient reaches conv2", relu2.Evidence, StringComparison.Ordinal);
        Assert.Equal(LayerHealth.Healthy, run.Last.Layers.Single(layer => layer.Layer == "relu1").Health);
    }

    // Glorot and Bengio (2010): a sigmoid's slope is at most 1/4, so ten of them leave nothing of a gradient.
    [Fact]
    public void Fit_TenSigmoidLayers_VanishAtTheFront()
    {
        RunHealth health = Fit(Deep(() => nn.Sigmoid(), kaiming: false));

        Assert.Equal(LayerHealth.Vanishing, health.Health);
        Assert.Equal(LayerHealth.Vanishing, health.Layers.Single(layer => layer.Layer == "fc0").Health);
        Assert.Equal(LayerHealth.Healthy, health.Layers.Single(layer => layer.Layer == "fc9").Health);
        Assert.Equal(LayerHealth.Healthy, health.Layers.Single(layer => layer.Layer == "out").Health);
    }

    // He et al. (2015): the same depth with ReLUs and weights drawn for them passes the gradient on.
    [Fact]
    public void Fit_TenReluLayersAfterKaiming_AreHealthy()
    {
        RunHealth health = Fit(Deep(() => nn.ReLU(), kaiming: true));

        Assert.Equal((LayerHealth.Healthy, ""), (health.Health, health.Sentence));
    }

    private static Network Deep(Func<nn.Module<Tensor, Tensor>> activation, bool kaiming)
    {
        manual_seed(5);
        List<Stage> stages = [new("flatten", nn.Flatten(), Watched: false)];
        for (int i = 0; i < 10; i++)
            stages.AddRange([new($"fc{i}", nn.Linear(64, 64), Watched: true), new($"act{i}", activation(), Watched: true)]);
        var network = new Network("deep", [.. stages, new("out", nn.Linear(64, 2), Watched: true)]);
        return kaiming ? network.Initialise("kaiming-normal") : network;
    }

    // 256 pictures of 8x8 noise, the classes one brighter than the other; 100 steps.
    private static RunHealth Fit(Network network)
    {
        using Network owned = network;
        var random = new Random(3);
        byte[] pixels = [.. Enumerable.Range(0, 256 * 64).Select(i => (byte)(random.Next(128) + (i / 64 % 2 * 100)))];
        var data = new ImageSet("noise", 1, 8, pixels, [.. Enumerable.Range(0, 256).Select(i => i % 2)]);
        List<WatchSample> samples = [];
        using var watch = new LayerWatch(network, every: 5);
        using optim.Optimizer optimizer = Optimizers.Create(new TrainSpec { LearningRate = 0.05 }, network.parameters());
        new Learner(new LearnerParts
        {
            Model = network,
            Optimizer = optimizer,
            Data = new TrainingData(data, data, Classes: 2, Normalisation.UnitRange),
            Device = CPU,
            BatchSize = 32,
            Epochs = 13,
            Seed = 1,
            Schedule = _ => 0.05,
            Reduction = SingleProcess.Instance,
            Time = TimeProvider.System,
            Callbacks = [watch, new AfterSteps(() => samples.AddRange(watch.Sample is { } sample ? [sample] : []))],
        }).Fit(CancellationToken.None);
        return HealthCheck.Judge(samples);
    }

    /// <summary>Changes parameters before the first step: all, or the one of a name.</summary>
    private sealed class Spoil(Action<Tensor> change, string? name = null) : Callback
    {
        public override int Order => 20;

        public override void BeforeBatch(Learner learner)
        {
            if (learner.Position.Step > 0)
                return;
            using IDisposable grad = no_grad();
            foreach ((string known, Parameter parameter) in learner.Model.named_parameters())
            {
                if (name is null || name == known)
                    change(parameter);
            }
        }
    }

    private sealed class AfterSteps(Action act) : Callback
    {
        public override int Order => 95;

        public override void AfterStep(Learner learner) => act();
    }
}
