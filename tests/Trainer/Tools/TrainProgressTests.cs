using Granary.Trainer.Runs;
using Granary.Trainer.Tools.Training;

namespace Granary.Trainer.Tests.Tools;

public sealed class TrainProgressTests
{
    [Fact]
    public void Add_StepsOfAnEpoch_GivesTheirMeansAndTheTimeLeft()
    {
        var time = new ManualTime();
        var progress = new TrainProgress(epochs: 2, time);
        Assert.Null(progress.Now);

        progress.Add(Step(1, 0.25, loss: 2, rate: 100));
        Assert.Null(progress.Now!.Left);
        time.Advance(TimeSpan.FromSeconds(4));
        progress.Add(Step(2, 0.5, loss: 1, rate: 300));

        // A quarter of an epoch took 4 seconds; one and a half are left. Two batches at 100/s and 300/s take as long as two at 150/s.
        TrainSnapshot now = progress.Now;
        Assert.Equal((1, 2, 2L, 4L), (now.Epoch, now.Epochs, now.Batch, now.Batches));
        Assert.Equal((1.5, 150.0), (now.Loss, Math.Round(now.ExamplesPerSecond, 9)));
        Assert.Equal(TimeSpan.FromSeconds(24), now.Left);
    }

    [Fact]
    public void Add_LastStepOfAnEpoch_BelongsToItAndTheNextStartsAnew()
    {
        var progress = new TrainProgress(epochs: 3, new ManualTime());

        progress.Add(Step(4, 1.0, loss: 5, rate: 1));
        Assert.Equal((1, 4L), (progress.Now!.Epoch, progress.Now.Batch));

        progress.Add(Step(5, 1.25, loss: 3, rate: 1));
        Assert.Equal((2, 1L, 3.0), (progress.Now.Epoch, progress.Now.Batch, progress.Now.Loss));
    }

    [Fact]
    public void Add_AfterAResume_CountsOnlyWhatThisProcessDid()
    {
        var time = new ManualTime();
        var progress = new TrainProgress(epochs: 10, time);

        progress.Add(Step(91, 9.1, loss: 1, rate: 1));
        time.Advance(TimeSpan.FromSeconds(1));
        progress.Add(Step(92, 9.2, loss: 1, rate: 1));

        Assert.Equal(8, progress.Now!.Left!.Value.TotalSeconds, 6);
    }

    private static StepResult Step(long step, double epoch, double loss, double rate) => new(
        step,
        epoch,
        default,
        new Dictionary<string, double> { ["train-loss"] = loss, ["train-accuracy"] = 0.5, ["examples-per-second"] = rate },
        []);
}
