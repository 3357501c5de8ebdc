using Granary.Specs;
using Granary.Trainer.Health;
using Granary.Trainer.Learning;
using Granary.Trainer.Runs;
using Granary.Trainer.Tests.Runs;

namespace Granary.Trainer.Tests.Health;

/// <summary>A short real training on the drawn set, which is there to be learnt, whose layers are looked at every 5th step.</summary>
/// <param name="Verdicts">The verdict at each sample, in order.</param>
/// <param name="Accuracy">On the validation set after the last step, chance being 0.1; NaN when the run ended early.</param>
internal sealed record WatchedRun(IReadOnlyList<(long Step, RunHealth Health)> Verdicts, double Accuracy)
{
    private const int Batch = 32;

    /// <summary>The verdict when the run ended.</summary>
    public RunHealth Last => Verdicts[^1].Health;

    /// <summary>Trains with one thread.</summary>
    /// <param name="model">The network.</param>
    /// <param name="train">How.</param>
    /// <param name="steps">Steps of a run that nothing ends early.</param>
    /// <param name="callbacks">What is done to the run.</param>
    public static async Task<WatchedRun> TrainAsync(ModelSpec model, TrainSpec train, int steps = 250, params Callback[] callbacks)
    {
        using var folder = new TemporaryFolder();
        var observer = new RecordingObserver();
        TrainingRun run = TrainingRun.Create(new TrainingRunRequest
        {
            Run = new RunSpec
            {
                Model = model,
                Data = new DataSpec
                {
                    Set = "synthetic",
                    Batch = Batch,
                    Limit = steps * Batch,
                    Resize = model.Name!.StartsWith("lenet", StringComparison.Ordinal) ? 28 : 32,
                },
                Train = train with { Epochs = 1, WatchEvery = 5 },
                Resources = new ResourcesSpec(),
                Objective = new ObjectiveSpec("valid-accuracy", Maximize: true),
            },
            Device = new DeviceChoice(Cuda: false, Threads: 1),
            Reduction = SingleProcess.Instance,
            Observer = observer,
            CheckpointFolder = folder.Path,
            Time = TimeProvider.System,
            Callbacks = callbacks,
        });
        await run.RunAsync(CancellationToken.None);
        return new WatchedRun(
            [.. observer.Steps.Where(step => step.Health is not null).Select(step => (step.Step, step.Health!))],
            observer.Epochs.Count > 0 ? observer.Epochs[^1].Metrics["valid-accuracy"] : double.NaN);
    }
}
