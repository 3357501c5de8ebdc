using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Explain;
using Granary.Trainer.Learning;

namespace Granary.Trainer.Tests.Explain;

public sealed class CheckpointChoiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_FolderOfSeveral_TakesTheBestOrTheLast()
    {
        CheckpointFiles good = Write(step: 10, 0.5);
        CheckpointFiles best = Write(step: 20, 0.5, 0.8);
        Write(step: 30, 0.5, 0.8, 0.8);
        CheckpointFiles last = Write(step: 35, batch: 5, 0.5, 0.8, 0.8);

        Assert.Equal((best.WeightsPath, best.ManifestPath), CheckpointChoice.Find(_folder.Path, last: false));
        Assert.Equal((last.WeightsPath, last.ManifestPath), CheckpointChoice.Find(_folder.Path, last: true));
        Assert.Equal((good.WeightsPath, good.ManifestPath), CheckpointChoice.Find(good.ManifestPath, last: true));
        Assert.Equal((good.WeightsPath, good.ManifestPath), CheckpointChoice.Find(good.WeightsPath, last: false));
    }

    [Fact]
    public void Find_ObjectiveToMinimise_TakesTheLeast()
    {
        CheckpointFiles least = Write(step: 10, maximize: false, 0.2);
        Write(step: 20, maximize: false, 0.2, 0.3);

        Assert.Equal(least.WeightsPath, CheckpointChoice.Find(_folder.Path, last: false).WeightsPath);
    }

    [Fact]
    public void Find_RunsFolder_LooksIntoItsCheckpoints()
    {
        CheckpointFiles files = Write(step: 10, 0.5);
        string run = _folder.File("run");
        Directory.CreateDirectory(Path.Combine(run, "checkpoints"));
        foreach (string file in new[] { files.WeightsPath, files.ManifestPath })
            File.Move(file, Path.Combine(run, "checkpoints", Path.GetFileName(file)));

        Assert.Equal(Path.Combine(run, "checkpoints", "step-000000010.json"), CheckpointChoice.Find(run, last: false).ManifestPath);
    }

    [Theory]
    [InlineData("nowhere", "there is no such file or folder")]
    [InlineData("", "no checkpoint there; expected step-N.json")]
    [InlineData("notes.txt", "expected a manifest (.json), weights (.safetensors), or a folder of both")]
    [InlineData("alone.safetensors", "alone.json is missing beside it")]
    public void Find_NoCheckpoint_SaysWhatWasExpected(string name, string expected)
    {
        File.WriteAllText(_folder.File("notes.txt"), "");
        File.WriteAllText(_folder.File("alone.safetensors"), "");

        var error = Assert.Throws<ExplainException>(() => CheckpointChoice.Find(Path.Combine(_folder.Path, name), last: false));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private CheckpointFiles Write(long step, params double[] accuracies) => Write(step, 0, true, accuracies);

    private CheckpointFiles Write(long step, bool maximize, params double[] accuracies) => Write(step, 0, maximize, accuracies);

    private CheckpointFiles Write(long step, int batch, params double[] accuracies) => Write(step, batch, true, accuracies);

    private CheckpointFiles Write(long step, int batch, bool maximize, double[] accuracies) =>
        CheckpointWriter.Write(_folder.Path, State(step, batch, maximize, accuracies));

    private static CheckpointState State(long step, int batch, bool maximize, double[] accuracies) => new()
    {
        Run = new RunSpec
        {
            Model = new ModelSpec { Name = "lenet-bn" },
            Data = new DataSpec { Set = "fashion-mnist" },
            Train = new TrainSpec { LearningRate = 0.1 },
            Resources = new ResourcesSpec(),
            Objective = new ObjectiveSpec("valid-accuracy", maximize),
        },
        Position = new Position(accuracies.Length, batch, step),
        Sums = default,
        History =
        [
            .. accuracies.Select((accuracy, i) => new EpochRecord(i + 1, new Dictionary<string, double> { ["valid-accuracy"] = accuracy })),
        ],
        Tensors = new Dictionary<string, TensorData> { ["w"] = new("F32", [1], new byte[4]) },
    };
}
