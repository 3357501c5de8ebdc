using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Learning;
using Granary.Trainer.Runs;
using Granary.Trainer.Tests.Data;

namespace Granary.Trainer.Tests.Runs;

/// <summary>A run over 75 pictures written as IDX files: 5 steps an epoch, the last one short.</summary>
internal sealed class SmallRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _runs;

    public SmallRun()
    {
        Directory.CreateDirectory(_folder.File("data"));
        IdxFiles.WriteFashionMnist(_folder.File("data"), train: 75, valid: 33);
    }

    public string Model { get; init; } = "lenet-bn";

    /// <summary>The model's options; its name is <see cref="Model"/>.</summary>
    public ModelSpec Options { get; init; } = new();

    public TrainSpec Train { get; init; } = new()
    {
        LearningRate = 0.3,
        Momentum = 0.9,
        WeightDecay = 1e-4,
        Epochs = 3,
        Schedule = "one-cycle",
        Seed = 11,
        WatchEvery = 2,
    };

    public int Batch { get; init; } = 16;

    /// <summary>The data's options; its set, path and batch are the run's own.</summary>
    public DataSpec Data { get; init; } = new() { Set = "fashion-mnist" };

    public ObjectiveSpec Objective { get; init; } = new("valid-accuracy", Maximize: true);

    public RunSpec Spec => new()
    {
        Model = Options with { Name = Model },
        Data = Data with { Set = "fashion-mnist", Path = _folder.File("data"), Batch = Batch },
        Train = Train,
        Resources = new ResourcesSpec(),
        Objective = Objective,
    };

    public TrainingRunRequest Request(RecordingObserver observer, CheckpointState? resume = null) => new()
    {
        Run = Spec,
        Device = new DeviceChoice(Cuda: false, Threads: 1),
        Reduction = SingleProcess.Instance,
        Observer = observer,
        CheckpointFolder = _folder.File($"checkpoints-{_runs++}"),
        Time = TimeProvider.System,
        Resume = resume,
    };

    public Task<RunOutcome> RunAsync(RecordingObserver observer, CheckpointState? resume = null) =>
        TrainingRun.Create(Request(observer, resume)).RunAsync(CancellationToken.None);

    public static CheckpointState Read(CheckpointFiles files) => CheckpointReader.Read(files.WeightsPath, files.ManifestPath);

    public void Dispose() => _folder.Dispose();
}
