using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Learning;
using Granary.Trainer.Runs;

namespace Granary.Trainer.Tests.Runs;

public sealed class CheckpointShelfTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Besides the kept best there are always the last two, 5 and 6.
    [Theory]
    [InlineData(1, true, "2,5,6")]
    [InlineData(2, true, "2,3,5,6")]
    [InlineData(3, true, "2,3,4,5,6")]
    [InlineData(1, false, "5,6")]
    [InlineData(3, false, "1,5,6")]
    [InlineData(9, true, "1,2,3,4,5,6")]
    public void Write_SixEpochs_KeepsTheBestOfThem(int keep, bool maximize, string expected)
    {
        EpochHistory history = History(maximize);
        var shelf = new CheckpointShelf(_folder.Path, keep);

        foreach (double value in new[] { 0.5, 0.9, 0.9, 0.7, 0.3, 0.2 })
            WriteEpoch(shelf, history, value);

        Assert.Equal(expected, Kept());
    }

    [Fact]
    public void Write_ObjectiveThatIsNoNumber_IsNeverTheBest()
    {
        EpochHistory history = History(maximize: false);
        var shelf = new CheckpointShelf(_folder.Path, best: 1);

        foreach (double value in new[] { double.NaN, 3, double.PositiveInfinity, 4, 5 })
            WriteEpoch(shelf, history, value);

        Assert.Equal("2,4,5", Kept());
    }

    [Fact]
    public void Write_AfterAResume_StillKnowsTheEarlierBest()
    {
        EpochHistory first = History(maximize: true);
        var before = new CheckpointShelf(_folder.Path, best: 1);
        foreach (double value in new[] { 0.9, 0.5, 0.4, 0.3 })
            WriteEpoch(before, first, value);
        Assert.Equal("1,3,4", Kept());

        EpochHistory history = History(maximize: true, first.Epochs);
        var shelf = new CheckpointShelf(_folder.Path, best: 1);
        shelf.Adopt(State(history));
        WriteEpoch(shelf, history, 0.6);
        WriteEpoch(shelf, history, 0.7);
        Assert.Equal("1,5,6", Kept());

        WriteEpoch(shelf, history, 0.95);
        WriteEpoch(shelf, history, 0.1);
        WriteEpoch(shelf, history, 0.1);
        Assert.Equal("7,8,9", Kept());
    }

    [Fact]
    public void Adopt_CheckpointsBehindTheResumedOne_AreNotTouched()
    {
        EpochHistory whole = History(maximize: true);
        var before = new CheckpointShelf(_folder.Path, best: 9);
        foreach (double value in new[] { 0.1, 0.2, 0.3, 0.4 })
            WriteEpoch(before, whole, value);

        EpochHistory history = History(maximize: true, whole.Epochs.Take(2));
        var shelf = new CheckpointShelf(_folder.Path, best: 1);
        shelf.Adopt(State(history));
        WriteEpoch(shelf, history, 0.05);

        Assert.Equal("2,3,4", Kept());
    }

    [Fact]
    public void Write_PausedWithinAnEpoch_DoesNotStandForThatEpoch()
    {
        EpochHistory history = History(maximize: true);
        var shelf = new CheckpointShelf(_folder.Path, best: 1);
        WriteEpoch(shelf, history, 0.9);
        CheckpointFiles paused = shelf.Write(State(history) with { Position = new Position(1, 3, 13) }, history);

        WriteEpoch(shelf, history, 0.2);
        WriteEpoch(shelf, history, 0.3);

        Assert.Equal("1,2,3", Kept());
        Assert.False(File.Exists(paused.WeightsPath));
    }

    private static void WriteEpoch(CheckpointShelf shelf, EpochHistory history, double value)
    {
        history.Add(new EpochRecord(history.Epochs.Count + 1, new Dictionary<string, double> { ["valid-loss"] = value }));
        shelf.Write(State(history), history);
    }

    private static EpochHistory History(bool maximize, IEnumerable<EpochRecord>? completed = null) =>
        new(new ObjectiveSpec("valid-loss", maximize), completed ?? []);

    private static CheckpointState State(EpochHistory history) => new()
    {
        Run = new RunSpec
        {
            Model = new ModelSpec { Name = "lenet" },
            Data = new DataSpec { Set = "fashion-mnist", Batch = 64 },
            Train = new TrainSpec { LearningRate = 0.1 },
            Resources = new ResourcesSpec(),
            Objective = new ObjectiveSpec("valid-loss", Maximize: false),
        },
        Position = new Position(history.Epochs.Count, 0, history.Epochs.Count * 10),
        Sums = default,
        History = [.. history.Epochs],
        Tensors = new Dictionary<string, TensorData> { ["w"] = new("F32", [1], new byte[4]) },
    };

    // The epochs whose checkpoints are there, with both files.
    private string Kept()
    {
        string[] names = [.. Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal).OfType<string>()];
        string[] manifests = [.. names.Where(name => name.EndsWith(".json", StringComparison.Ordinal))];
        Assert.Equal(names.Except(manifests), manifests.Select(name => Path.ChangeExtension(name, ".safetensors")));
        return string.Join(',', manifests.Select(name => int.Parse(name["step-".Length..^".json".Length], System.Globalization.CultureInfo.InvariantCulture) / 10));
    }
}
