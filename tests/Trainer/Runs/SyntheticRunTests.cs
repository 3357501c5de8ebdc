using Granary.Specs;
using Granary.Trainer.Learning;
using Granary.Trainer.Runs;

namespace Granary.Trainer.Tests.Runs;

public sealed class SyntheticRunTests
{
    // The drawn set is there to be learnt: chance is 0.1; this run reached 0.92 when the set was made.
    [Fact]
    public async Task RunAsync_LeNetReluOnTheDrawnSet_Learns()
    {
        using var folder = new TemporaryFolder();
        var observer = new RecordingObserver();
        TrainingRun run = TrainingRun.Create(new TrainingRunRequest
        {
            Run = new RunSpec
            {
                Model = new ModelSpec { Name = "lenet-relu" },
                Data = new DataSpec { Set = "synthetic", Batch = 64, Limit = 4_000, Resize = 28 },
                Train = new TrainSpec { LearningRate = 0.02, Momentum = 0.9, Epochs = 4, Schedule = "one-cycle", WatchEvery = 0 },
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

        Assert.Equal((RunEnd.Finished, 252L), (outcome.End, outcome.Step));
        Assert.InRange(observer.Epochs[^1].Metrics["valid-accuracy"], 0.75, 1);
    }
}
