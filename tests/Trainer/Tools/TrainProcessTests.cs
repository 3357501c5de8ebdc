using System.Diagnostics;
using System.Text.Json;

namespace Granary.Trainer.Tests.Tools;

public sealed class TrainProcessTests
{
    [Fact]
    public async Task Train_WholeRun_LeavesHistoryAndCheckpointsAndNamesTheBest()
    {
        using var harness = new TrainHarness(epochs: 3);

        (int code, string output, string error) = await harness.RunAsync("run");

        Assert.True(code == 0, error);
        Assert.Equal(3, harness.History("run").Length);
        string[] lines = output.TrimEnd().Split('\n');
        // What is trained, the columns, three epochs, the end and the best.
        Assert.Equal(7, lines.Length);
        Assert.StartsWith("lenet-bn on fashion-mnist", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("  3/3", lines[4], StringComparison.Ordinal);
        string best = lines[6][(lines[6].IndexOf(": ", StringComparison.Ordinal) + 2)..];
        Assert.Contains(best, harness.Weights("run"));
    }

    [Fact]
    public async Task Train_Json_IsOneObjectPerEpochAndTheOutcome()
    {
        using var harness = new TrainHarness(epochs: 2);

        (int code, string output, string error) = await harness.RunAsync("run", "--json");

        Assert.True(code == 0, error);
        JsonElement[] lines = [.. output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal([1, 2], lines[..2].Select(line => line.GetProperty("epoch").GetInt32()));
        Assert.Equal("finished", lines[2].GetProperty("outcome").GetString());
        Assert.Equal((2, 10), (lines[2].GetProperty("epochs").GetInt32(), lines[2].GetProperty("step").GetInt32()));
        Assert.Contains(lines[2].GetProperty("best-weights").GetString(), harness.Weights("run"));
    }

    // However far it has come when it is killed, the weights of the end are the undisturbed run's.
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    public async Task Train_KilledAndResumed_EndsBitForBitAsUndisturbed(int epochsBefore)
    {
        using var harness = new TrainHarness(epochs: 24);
        Assert.Equal(0, (await harness.RunAsync("undisturbed")).Code);
        Process killed = harness.Start("disturbed", "--json");
        await TrainHarness.AwaitEpochsAsync(killed, epochsBefore);

        killed.Kill();
        await TrainHarness.EndAsync(killed);
        (int code, string output, string error) = await harness.RunAsync("disturbed", "--resume");

        Assert.True(code == 0, error);
        Assert.Contains("Going on from step", output, StringComparison.Ordinal);
        Assert.Equal(harness.LastWeightsHash("undisturbed"), harness.LastWeightsHash("disturbed"));
        Assert.Equal(harness.History("undisturbed"), harness.History("disturbed"));
        Assert.Equal(harness.Weights("undisturbed").Select(Path.GetFileName), harness.Weights("disturbed").Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Train_Interrupted_LeavesACheckpointAndSaysHowToGoOn(string signal)
    {
        using var harness = new TrainHarness(epochs: 24);
        Assert.Equal(0, (await harness.RunAsync("undisturbed")).Code);
        Process interrupted = harness.Start("disturbed");
        // What is trained, the columns, and an epoch.
        await TrainHarness.AwaitEpochsAsync(interrupted, 3);

        using (Process kill = Process.Start("bash", ["-c", $"kill -{signal} {interrupted.Id}"]))
            await kill.WaitForExitAsync();

        (int code, string output, string error) = await TrainHarness.EndAsync(interrupted);
        Assert.True(code == 130, $"{code}: {error}");
        Assert.Contains($"Go on with: granary train {harness.RunFile} --out {harness.Folder("disturbed")} --device cpu --threads 1 --resume", output,
            StringComparison.Ordinal);
        Assert.Equal(0, (await harness.RunAsync("disturbed", "--resume", "--quiet")).Code);
        Assert.Equal(harness.LastWeightsHash("undisturbed"), harness.LastWeightsHash("disturbed"));
    }

    [Fact]
    public async Task Train_NewestCheckpointDamaged_SaysSoAndGoesOnFromTheOneBefore()
    {
        using var harness = new TrainHarness(epochs: 4);
        Assert.Equal(0, (await harness.RunAsync("run")).Code);
        string expected = harness.LastWeightsHash("run");
        string newest = harness.Weights("run")[^1];
        byte[] bytes = await File.ReadAllBytesAsync(newest);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(newest, bytes);

        (int code, string output, string error) = await harness.RunAsync("run", "--resume");

        Assert.True(code == 0, error);
        Assert.Contains($"A checkpoint is damaged and was put aside: {newest}", output, StringComparison.Ordinal);
        Assert.Contains("Going on from step 15, 3 epochs complete.", output, StringComparison.Ordinal);
        Assert.Equal(expected, harness.LastWeightsHash("run"));
        Assert.Equal(4, harness.History("run").Length);
        Assert.True(File.Exists(newest + ".damaged"));
    }

    [Fact]
    public async Task Train_EveryCheckpointDamaged_Refuses()
    {
        using var harness = new TrainHarness(epochs: 2);
        Assert.Equal(0, (await harness.RunAsync("run")).Code);
        foreach (string weights in harness.Weights("run"))
            await File.WriteAllTextAsync(weights, "no weights");

        (int code, _, string error) = await harness.RunAsync("run", "--resume");

        Assert.Equal(1, code);
        Assert.Contains("is damaged. Start the run anew in another folder (--out).", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_FolderHoldsARun_IsRefusedWithoutResume()
    {
        using var harness = new TrainHarness(epochs: 1);
        Assert.Equal(0, (await harness.RunAsync("run")).Code);

        (int code, string output, string error) = await harness.RunAsync("run");

        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains("is not empty: --resume goes on with the run in it, --out DIR starts one elsewhere.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_FolderInUse_IsRefused()
    {
        using var harness = new TrainHarness(epochs: 10_000);
        Process first = harness.Start("run", "--json");
        await TrainHarness.AwaitEpochsAsync(first, 1);

        (int code, _, string error) = await harness.RunAsync("run", "--resume");

        Assert.Equal(2, code);
        Assert.Contains("is in use: another granary trains there.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_ResumeWithAnotherBatch_IsRefusedNamingTheSetting()
    {
        using var harness = new TrainHarness(epochs: 1);
        Assert.Equal(0, (await harness.RunAsync("run")).Code);

        (int code, _, string error) = await harness.RunAsync("run", "--resume", "--set", "batch=8");

        Assert.Equal(2, code);
        Assert.Contains("The checkpoint was taken with data.batch = 16; this run has 8.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_ResumeWithAnotherOptimizer_IsRefusedNamingTheSetting()
    {
        using var harness = new TrainHarness(epochs: 1);
        Assert.Equal(0, (await harness.RunAsync("run")).Code);

        (int code, _, string error) = await harness.RunAsync("run", "--resume", "--set", "optimizer=adam");

        Assert.Equal(2, code);
        Assert.Contains("The checkpoint was taken with train.optimizer = sgd; this run has adam.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_ResumeBeforeTheFirstCheckpoint_StartsAtTheBeginning()
    {
        using var harness = new TrainHarness(epochs: 1);
        Directory.CreateDirectory(harness.Folder("run"));

        (int code, string output, string error) = await harness.RunAsync("run", "--resume");

        Assert.True(code == 0, error);
        Assert.Contains("the run starts at its beginning", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_LossNotFinite_FailsSayingWhy()
    {
        using var harness = new TrainHarness(epochs: 24);

        (int code, string output, _) = await harness.RunAsync(
            "run", "--set", "model=lenet-relu", "--set", "lr=100", "--set", "weight-decay=1", "--set", "schedule=constant", "--set", "momentum=0");

        Assert.Equal(1, code);
        Assert.Contains("with learning rate 100", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--set=lr=-1", "--set lr=-1: train.lr is '-1'; expected a number above 0 and at most 100, or auto")]
    [InlineData("--set=epocs=1", "did you mean 'epochs'?")]
    [InlineData("--device=gpu", "--device is 'gpu'; expected cpu, cuda:0 or another number, or auto.")]
    [InlineData("--threads=0", "--threads is 0; expected 1 to 1024.")]
    [InlineData("--nonsense", "'train' has no option --nonsense.")]
    public async Task Train_BadArgument_IsAUsageErrorThatStartsNothing(string argument, string message)
    {
        using var harness = new TrainHarness(epochs: 1);

        (int code, string output, string error) = await harness.RunAsync("run", argument);

        Assert.Equal(2, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Empty(output);
        Assert.False(Directory.Exists(harness.Folder("run")));
    }
}
