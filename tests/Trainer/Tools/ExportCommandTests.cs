using System.Buffers.Binary;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Learning;
using Granary.Trainer.Tests.Checkpoints.PyTorch;
using Granary.Trainer.Tools;

namespace Granary.Trainer.Tests.Tools;

public sealed class ExportCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _error = new();

    private string Target => _folder.File("net.safetensors");

    public void Dispose()
    {
        _error.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Export_CheckpointWithAverages_WritesThemUnderTheNetworksNamesAndNothingElse()
    {
        string manifest = WriteCheckpoint(step: 70).ManifestPath;

        int exit = await ExportAsync(manifest, "--to", Target);

        Assert.Equal((ToolExit.Done, ""), (exit, _error.ToString()));
        IReadOnlyDictionary<string, TensorData> written = Read();
        Assert.Equal(["fc.bias", "fc.weight", "steps"], written.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([1.5f, 2.5f], written["fc.weight"].Values<float>());
        Assert.Equal([3f], written["fc.bias"].Values<float>());
        Assert.DoesNotContain(Directory.GetFiles(_folder.Path), file => file.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Export_NoEma_WritesTheWeightsOfTheLastStep()
    {
        WriteCheckpoint(step: 70);

        Assert.Equal(ToolExit.Done, await ExportAsync(_folder.Path, "--no-ema", "--to", Target));

        Assert.Equal([1f, 2], Read()["fc.weight"].Values<float>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("checkpoints")]
    public async Task Export_Folder_TakesItsNewestCheckpoint(string below)
    {
        WriteCheckpoint(step: 9, below, steps: 9);
        WriteCheckpoint(step: 70, below, steps: 70);

        Assert.Equal(ToolExit.Done, await ExportAsync(_folder.Path, "--to", Target));

        Assert.Equal([70L], Read()["steps"].Values<long>());
    }

    [Theory]
    [InlineData(true, 20L)]
    [InlineData(false, 30L)]
    public async Task Export_Best_IsByTheRunsOwnObjective(bool maximize, long steps)
    {
        // The best of all, epoch 1, is not kept any more; the one in the middle of an epoch measured nothing.
        double[] accuracies = maximize ? [0.9, 0.8, 0.7] : [0.1, 0.8, 0.7];
        WriteCheckpoint(step: 20, steps: 20, epoch: 2, accuracies: accuracies[..2], maximize: maximize);
        WriteCheckpoint(step: 30, steps: 30, epoch: 3, accuracies: accuracies, maximize: maximize);
        WriteCheckpoint(step: 35, steps: 35, epoch: 3, accuracies: accuracies, maximize: maximize, batch: 5);

        Assert.Equal(ToolExit.Done, await ExportAsync(_folder.Path, "--best", "--to", Target));

        Assert.Equal([steps], Read()["steps"].Values<long>());
    }

    [Fact]
    public async Task Export_BestOfAFile_IsAUsageError()
    {
        Assert.Equal(ToolExit.Usage, await ExportAsync(Fixtures.At("tensors.pth"), "--best", "--to", Target));

        Assert.Contains("--best chooses in a run's folder", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_AnyWeights_FollowTheFormatToTheByte()
    {
        Assert.Equal(ToolExit.Done, await ExportAsync(Fixtures.At("tensors.pth"), "--to", Target));

        // By https://huggingface.co/docs/safetensors: a length of 8 bytes, JSON, then the tensors without gaps; aligned for mapping.
        byte[] bytes = File.ReadAllBytes(Target);
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        using var header = JsonDocument.Parse(Encoding.UTF8.GetString(bytes, 8, length));
        Assert.Equal("""{"format":"pt"}""", header.RootElement.GetProperty("__metadata__").GetRawText());
        (long Start, long End, long Bytes)[] places =
        [
            .. from tensor in header.RootElement.EnumerateObject()
               where tensor.Name != "__metadata__"
               let offsets = tensor.Value.GetProperty("data_offsets")
               let type = tensor.Value.GetProperty("dtype").GetString()!
               select (offsets[0].GetInt64(), offsets[1].GetInt64(), (long)ElementTypes.Bytes[type]),
        ];
        Assert.Equal(17, places.Length);
        Assert.Equal(places.Select(place => place.Start).Skip(1).Append(bytes.Length - 8 - length), places.Select(place => place.End));
        Assert.All(places, place => Assert.Equal(0, place.Start % place.Bytes));
    }

    [Fact]
    public async Task Export_FileThatIsThere_IsReplacedOnlyByForce()
    {
        File.WriteAllText(Target, "precious");

        Assert.Equal(ToolExit.Usage, await ExportAsync(Fixtures.At("tensors.pth"), "--to", Target));
        Assert.Contains($"{Target} is there already", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(Target));

        Assert.Equal(ToolExit.Done, await ExportAsync(Fixtures.At("tensors.pth"), "--to", Target, "--force"));
        Assert.Equal([7L], Read()["scalar"].Values<long>());
    }

    [Fact]
    public async Task Export_AFileOntoItself_IsTheSameFile()
    {
        await ExportAsync(Fixtures.At("tensors.pth"), "--to", Target);
        byte[] first = File.ReadAllBytes(Target);

        Assert.Equal(ToolExit.Done, await ExportAsync(Target, "--to", Target, "--force"));

        Assert.Equal(first, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task Export_DamagedCheckpoint_IsRefusedAndWritesNothing()
    {
        CheckpointFiles files = WriteCheckpoint(step: 70);
        byte[] bytes = File.ReadAllBytes(files.WeightsPath);
        bytes[^1] ^= 1;
        File.WriteAllBytes(files.WeightsPath, bytes);

        Assert.Equal(ToolExit.Usage, await ExportAsync(files.ManifestPath, "--to", Target));

        Assert.Contains("SHA-256", _error.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
    }

    [Theory]
    [InlineData("nothing", "nothing: no such file or folder")]
    [InlineData("", "no checkpoint in it: no step-N.json")]
    public async Task Export_NothingThere_SaysSo(string name, string expected)
    {
        Assert.Equal(ToolExit.Usage, await ExportAsync(_folder.File(name), "--to", Target));

        Assert.Contains(expected, _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_EmaThatTheFileLacks_IsRefused()
    {
        Assert.Equal(ToolExit.Usage, await ExportAsync(Fixtures.At("tensors.pth"), "--ema", "--to", Target));

        Assert.Contains("has no moving averages of the weights", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_EmaAndNoEma_IsAUsageError()
    {
        Assert.Equal(ToolExit.Usage, await ExportAsync(Fixtures.At("tensors.pth"), "--ema", "--no-ema"));

        Assert.Contains("exclude each other", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_FolderThatDoesNotExist_FailsAndLeavesNothing()
    {
        Assert.Equal(ToolExit.Failed, await ExportAsync(Fixtures.At("tensors.pth"), "--to", _folder.File("missing/net.safetensors")));

        Assert.Contains("cannot write", _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    private static TensorData Floats(params float[] values) =>
        new("F32", [values.Length], values.SelectMany(BitConverter.GetBytes).ToArray());

    private Task<int> ExportAsync(params string[] arguments) =>
        ToolRunner.RunAsync(new RootCommand { ExportCommand.Create() }, ["export", .. arguments], _error, CancellationToken.None);

    private IReadOnlyDictionary<string, TensorData> Read() => SafetensorsReader.Read(File.ReadAllBytes(Target), Target).Tensors;

    private CheckpointFiles WriteCheckpoint(
        long step, string below = "", long steps = 1, int epoch = 1, int batch = 0, double[]? accuracies = null, bool maximize = true) =>
        CheckpointWriter.Write(
            Path.Combine(_folder.Path, below),
            new CheckpointState
            {
                Run = new RunSpec
                {
                    Model = new ModelSpec { Name = "lenet-bn" },
                    Data = new DataSpec { Set = "fashion-mnist", Batch = 64 },
                    Train = new TrainSpec { LearningRate = 0.1 },
                    Resources = new ResourcesSpec(),
                    Objective = new ObjectiveSpec("valid-accuracy", maximize),
                },
                Position = new Position(epoch, batch, step),
                Sums = default,
                History =
                [
                    .. (accuracies ?? []).Select(
                        (accuracy, i) => new EpochRecord(i + 1, new Dictionary<string, double> { ["valid-accuracy"] = accuracy })),
                ],
                Tensors = new Dictionary<string, TensorData>
                {
                    ["fc.weight"] = Floats(1, 2),
                    ["fc.bias"] = Floats(3),
                    ["steps"] = new("I64", [], BitConverter.GetBytes(steps)),
                    ["ema.fc.weight"] = Floats(1.5f, 2.5f),
                    ["optimizer.momentum.fc.weight"] = Floats(9, 9),
                },
            });
}
