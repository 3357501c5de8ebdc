using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Learning;

namespace Granary.Trainer.Tests.Checkpoints;

public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        CheckpointState state = State();

        CheckpointFiles files = CheckpointWriter.Write(_folder.Path, state);
        CheckpointState read = CheckpointReader.Read(files.WeightsPath, files.ManifestPath);

        Assert.Equal(state.Run, read.Run);
        Assert.Equal(state.Position, read.Position);
        Assert.Equal(state.Sums, read.Sums);
        Assert.Equal(state.History[0].Metrics, read.History[0].Metrics);
        Assert.Equal(state.Tensors["w"].Data.ToArray(), read.Tensors["w"].Data.ToArray());
        Assert.Equal((3, 70L), (files.Epoch, files.Step));
        Assert.Equal(new FileInfo(files.WeightsPath).Length + new FileInfo(files.ManifestPath).Length, files.Bytes);
    }

    [Fact]
    public void Write_Twice_GivesTheSameBytesAndLeavesNoPartFiles()
    {
        CheckpointFiles first = CheckpointWriter.Write(_folder.Path, State());
        CheckpointFiles second = CheckpointWriter.Write(_folder.Path, State());

        Assert.Equal((first.WeightsHash, first.ManifestHash), (second.WeightsHash, second.ManifestHash));
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Read_HistoryWithALossThatIsNotFinite_IsTheSame(double loss)
    {
        CheckpointState state = State() with { History = [new EpochRecord(1, new Dictionary<string, double> { ["valid-loss"] = loss })] };

        CheckpointFiles files = CheckpointWriter.Write(_folder.Path, state);

        Assert.Equal(loss, CheckpointReader.Read(files.WeightsPath, files.ManifestPath).History[0].Metrics["valid-loss"]);
    }

    [Fact]
    public void Read_OneChangedByte_IsRefusedWithBothHashes()
    {
        CheckpointFiles files = CheckpointWriter.Write(_folder.Path, State());
        byte[] bytes = File.ReadAllBytes(files.WeightsPath);
        bytes[^1] ^= 1;
        File.WriteAllBytes(files.WeightsPath, bytes);

        InvalidDataException error =
            Assert.Throws<InvalidDataException>(() => CheckpointReader.Read(files.WeightsPath, files.ManifestPath));

        Assert.StartsWith(files.WeightsPath, error.Message, StringComparison.Ordinal);
        Assert.Contains(files.WeightsHash, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"format-version\": 1", "\"format-version\": 2", "format version 2, expected 1 to 1")]
    [InlineData("\"step\": 70", "\"step\": \"x\"", "not a checkpoint's manifest")]
    [InlineData("\"epochs\":", "\"epoxs\":", "its run is damaged")]
    public void Read_WrongManifest_SaysWhat(string from, string to, string expected)
    {
        CheckpointFiles files = CheckpointWriter.Write(_folder.Path, State());
        string manifest = File.ReadAllText(files.ManifestPath);
        Assert.Contains(from, manifest, StringComparison.Ordinal);
        File.WriteAllText(files.ManifestPath, manifest.Replace(from, to, StringComparison.Ordinal));

        InvalidDataException error =
            Assert.Throws<InvalidDataException>(() => CheckpointReader.Read(files.WeightsPath, files.ManifestPath));

        Assert.StartsWith(files.ManifestPath, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static CheckpointState State() => new()
    {
        Run = new RunSpec
        {
            Model = new ModelSpec { Name = "lenet-bn" },
            Data = new DataSpec { Set = "fashion-mnist", Batch = 64 },
            Train = new TrainSpec { LearningRate = 0.1 },
            Resources = new ResourcesSpec(),
            Objective = new ObjectiveSpec("valid-accuracy", Maximize: true),
        },
        Position = new Position(3, 7, 70),
        Sums = new RunningSums(1.0 / 3, 5, 7, 0.25),
        History = [new EpochRecord(1, new Dictionary<string, double> { ["valid-loss"] = 0.1 + 0.2 })],
        Tensors = new Dictionary<string, TensorData> { ["w"] = new("F32", [2], new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }) },
    };
}
