using Granary.Specs;
using Granary.Trainer.Data;
using Granary.Trainer.Insight;
using Granary.Trainer.Learning;
using Granary.Trainer.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Tests.Insight;

public sealed class ActivationWatchTests
{
    [Fact]
    public void Sample_OfOneRelu_EqualsTheNumbersByHand()
    {
        // Two pictures of 2x2: 0, 51, 102, 255 and 0, 0, 0, 255, as numbers 0, 0.2, 0.4, 1 and 0, 0, 0, 1. The first stage adds nothing
        // (ReLU of numbers above 0). By hand: mean 2.6 / 8; sum of squares 2.2, variance (2.2 - 8 * 0.325^2) / 7; 4 of 8 at or below 0.05.
        var data = new ImageSet("set", 1, 2, [0, 51, 102, 255, 0, 0, 0, 255], [0, 1]);
        using var network = new Network(
            "probe",
            [new("relu", ReLU(), Watched: true), new("flatten", nn.Flatten(), false), new("fc", nn.Linear(4, 2), Watched: true)]);
        var watch = new ActivationWatch(network, every: 1);
        LayerActivity? seen = null;

        Fit(network, data, watch, learner => seen ??= watch.Sample[0]);

        Assert.Equal("relu", seen!.Value.Layer);
        Assert.Equal(0.325, seen.Value.Mean, 6);
        Assert.Equal(Math.Sqrt((2.2 - (8 * 0.325 * 0.325)) / 7), seen.Value.StandardDeviation, 6);
        Assert.Equal(0.5, seen.Value.NearZero, 6);
    }

    [Fact]
    public void Sample_EveryZero_IsNeverTaken()
    {
        var data = new ImageSet("set", 1, 2, new byte[8], [0, 1]);
        using var network = new Network("probe", [new("flatten", nn.Flatten(), false), new("fc", nn.Linear(4, 2), Watched: true)]);
        var watch = new ActivationWatch(network, every: 0);
        int samples = 0;

        Fit(network, data, watch, _ => samples += watch.Sample.Count);

        Assert.Equal(0, samples);
    }

    private static void Fit(Network network, ImageSet data, ActivationWatch watch, Action<Learner> afterStep)
    {
        using optim.Optimizer optimizer = Optimizers.Create(new TrainSpec { LearningRate = 0.1 }, network.parameters());
        new Learner(new LearnerParts
        {
            Model = network,
            Optimizer = optimizer,
            Data = new TrainingData(data, data, Classes: 2, Normalisation.UnitRange),
            Device = CPU,
            BatchSize = 2,
            Epochs = 1,
            Seed = 1,
            Schedule = Schedules.Create("constant", 0.1, 1),
            Reduction = SingleProcess.Instance,
            Time = TimeProvider.System,
            Callbacks = [watch, new Probe(afterStep)],
        }).Fit(CancellationToken.None);
    }

    private sealed class Probe(Action<Learner> afterStep) : Callback
    {
        public override int Order => 95;

        public override void AfterStep(Learner learner) => afterStep(learner);
    }
}
