using System.Diagnostics;
using System.Text.Json;
using Granary.Trainer.Explain;
using Granary.Trainer.Runs;
using SkiaSharp;

namespace Granary.Trainer.Tests.Explain;

public sealed class ExplainCommandTests(ExplainRun run) : IClassFixture<ExplainRun>
{
    [Fact]
    public async Task Explain_NothingElseSaid_DrawsEverythingOfTheFirstExampleAndTheSet()
    {
        string folder = run.NewFolder();

        Assert.Equal((0, ""), await ExplainRun.ExplainAsync(run.Checkpoints, "--out", folder));

        JsonElement report = Report(folder);
        string[] files = [.. report.GetProperty("pictures").EnumerateArray().Select(picture => picture.GetProperty("file").GetString()!)];
        Assert.Equal(
            [
                "grad-cam.png", "overlay.png", "heat-map.png", "channels.png",
                "features-conv1.png", "features-relu1.png", "features-relu2.png", "kernels.png",
                "colourful-conv1.png", "colourful-relu1.png", "colourful-relu2.png", "colourful-fc3.png",
                "confusion.png", "most-wrong.png",
            ],
            files);
        Assert.All(files, file => Assert.True(SKBitmap.DecodeBounds(Path.Combine(folder, file)).Width > 50));
        Assert.Equal([.. files.Append(ExplainReport.FileName).Order()], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        Assert.Equal("lenet-relu", report.GetProperty("model").GetString());
        Assert.Equal(5, report.GetProperty("top").GetArrayLength());
    }

    [Fact]
    public async Task Explain_ValidationSet_AgreesWithTheRunsOwnValidation()
    {
        string folder = run.NewFolder();

        await ExplainRun.ExplainAsync(run.Checkpoints, "--data", "--last", "--out", folder);

        IReadOnlyDictionary<string, double> metrics = run.Observer.Epochs[^1].Metrics;
        Assert.Equal(metrics[MetricNames.ValidAccuracy], Report(folder).GetProperty("valid-accuracy").GetDouble(), 6);
        Assert.Equal(metrics[MetricNames.ValidLoss], Report(folder).GetProperty("valid-loss").GetDouble(), 5);
    }

    [Fact]
    public async Task Explain_Twice_GivesTheSameBytes()
    {
        string[] folders = [run.NewFolder(), run.NewFolder()];
        foreach (string folder in folders)
            await ExplainRun.ExplainAsync(run.Checkpoints, "--out", folder);

        foreach (string name in Directory.GetFiles(folders[0]).Select(file => Path.GetFileName(file)))
        {
            byte[] first = await File.ReadAllBytesAsync(Path.Combine(folders[0], name));
            Assert.Equal(first, await File.ReadAllBytesAsync(Path.Combine(folders[1], name)));
        }
    }

    [Fact]
    public async Task Explain_ChosenLayersAndClass_DrawsThose()
    {
        string folder = run.NewFolder();

        Assert.Equal(
            (0, ""),
            await ExplainRun.ExplainAsync(
                run.Checkpoints, "--example", "7", "--class", "4", "--cam-layer", "conv2", "--layer", "pool1", "--layer", "fc1",
                "--out", folder));

        Assert.True(File.Exists(Path.Combine(folder, "features-pool1.png")));
        Assert.True(File.Exists(Path.Combine(folder, "features-fc1.png")));
        Assert.False(File.Exists(Path.Combine(folder, "features-conv1.png")));
        Assert.Equal("sneaker", Report(folder).GetProperty("true-class").GetString());
        Assert.Equal("coat", Report(folder).GetProperty("heat-class").GetString());
    }

    [Theory]
    [InlineData("--layer", "conv3", "lenet-relu has no layer 'conv3'; did you mean 'conv1'? There are: conv1,")]
    [InlineData("--cam-layer", "poool2", "did you mean 'pool2'?")]
    [InlineData("--example", "33", "there is no example 33; the validation set has 33, from 0.")]
    [InlineData("--class", "trousers", "there is no class 'trousers'")]
    public async Task Explain_SomethingThereIsNot_IsOneLineAndLeavesNoFolder(string option, string value, string expected)
    {
        string folder = run.NewFolder();

        (int code, string error) = await ExplainRun.ExplainAsync(run.Checkpoints, option, value, "--out", folder);

        Assert.Equal(2, code);
        Assert.StartsWith("granary: ", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Explain_DamagedWeights_SaysWhichHashWasExpected()
    {
        string copy = Directory.CreateDirectory(run.NewFolder()).FullName;
        foreach (string file in new[] { run.Outcome.Checkpoint!.WeightsPath, run.Outcome.Checkpoint.ManifestPath })
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        string weights = Directory.GetFiles(copy, "*.safetensors")[0];
        byte[] bytes = await File.ReadAllBytesAsync(weights);
        bytes[^9] ^= 4;
        await File.WriteAllBytesAsync(weights, bytes);

        (int code, string error) = await ExplainRun.ExplainAsync(copy);

        Assert.Equal(2, code);
        Assert.Contains($"expected {run.Outcome.Checkpoint.WeightsHash}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_AsAProgram_PrintsWhatItSawAndWrote()
    {
        string folder = run.NewFolder();
        using var process = Process.Start(new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "granary-trainer"),
            ["explain", run.Checkpoints, "--example", "3", "--layer", "conv1", "--out", folder, "--device", "cpu"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        Task<string> error = process.StandardError.ReadToEndAsync(deadline.Token);
        string[] lines = (await process.StandardOutput.ReadToEndAsync(deadline.Token)).TrimEnd().Split('\n');
        await process.WaitForExitAsync(deadline.Token);

        Assert.Equal(("", 0), (await error, process.ExitCode));
        Assert.StartsWith("lenet-relu after epoch ", lines[0], StringComparison.Ordinal);
        Assert.Equal("validation example 3, true class dress", lines[1]);
        Assert.Equal(2 + 5 + 6 + 1, lines.Length);
        Assert.StartsWith(Path.Combine(folder, "grad-cam.png"), lines[7], StringComparison.Ordinal);
    }

    private static JsonElement Report(string folder) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, ExplainReport.FileName))).RootElement;
}
