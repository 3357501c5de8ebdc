using Granary.Specs;
using Granary.Trainer.Learning;
using Granary.Trainer.Runs;

namespace Granary.Trainer.Tests.Runs;

public sealed class FashionMnistRunTests
{
    // PyTorch 1.13 with the same network, initialisation, options and order of examples gives train loss 0.7303, train accuracy 0.7304,
    // test loss 0.4905 and test accuracy 0.8180. The first steps agree to seven digits; then rounding grows, as it does between PyTorch on
    // one thread and on two.
    [Fact]
    public async Task RunAsync_LeNetReluOneEpoch_FollowsPyTorch()
    {
        using var folder = new TemporaryFolder();
        var observer = new RecordingObserver();
        TrainingRun run = TrainingRun.Create(new TrainingRunRequest
        {
            Run = new RunSpec
            {
                Model = new ModelSpec { Name = "lenet-relu" },
                Data = new DataSpec { Set = "fashion-mnist", Batch = 256 },
                Train = new TrainSpec { LearningRate = 0.15, Epochs = 1, Seed = 1 },
                Resources = new ResourcesSpec(),
                Objective = new ObjectiveSpec("valid-accuracy", Maximize: true),
            },
            Device = new DeviceChoice(Cuda: false, Threads: 1),
            Reduction = SingleProcess.Instance,
            Observer = observer,
            CheckpointFolder = folder.Path,
            Time = TimeProvider.System,
        });

        RunOutcome outcome = await run.RunAsync(CancellationToken.None);

        IReadOnlyDictionary<string, double> metrics = Assert.Single(observer.Epochs).Metrics;
        Assert.Equal((RunEnd.Finished, 235L), (outcome.End, outcome.Step));
        Assert.InRange(metrics["train-loss"], 0.7303 - 0.03, 0.7303 + 0.03);
        Assert.InRange(metrics["train-accuracy"], 0.7304 - 0.02, 0.7304 + 0.02);
        Assert.InRange(metrics["valid-loss"], 0.4905 - 0.06, 0.4905 + 0.06);
        Assert.InRange(metrics["valid-accuracy"], 0.78, 0.84);
    }
}
