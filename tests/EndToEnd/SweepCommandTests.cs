using System.Text.RegularExpressions;
using Granary.EndToEnd.Tests.Support;

namespace Granary.EndToEnd.Tests;

[Collection("whole machine")]
public sealed partial class SweepCommandTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Run_SmallSweep_EndsWithALeaderboardAndItsBestCheckpoint()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("small.yaml", SweepFiles.Small);

        (int exitCode, string output) = await GranaryCommand.RunAsync(folder.Path, Patience, "sweep", "run", file, "--devices", "cpu:2", "--http", "127.0.0.1:0");

        Assert.True(exitCode == 0, output);
        Assert.Contains("small-1: succeeded, 3 of 3 trials ended", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder.Path, ".granary", "best", "small-1.safetensors")), output);
        Assert.True(BestAccuracy(output) > 0.6, output);

        (int shown, string show) = await GranaryCommand.RunAsync(folder.Path, Patience, "sweep", "show", "small");

        Assert.Equal(0, shown);
        Assert.Equal(Leaderboard(output), Leaderboard(show));
    }

    [Fact]
    public async Task Run_WrongFile_IsRefusedBeforeAnythingStarts()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("bad.yaml", SweepFiles.Small.Replace("epochs: 2", "epocs: 2", StringComparison.Ordinal));

        (int exitCode, string output) = await GranaryCommand.RunAsync(folder.Path, Patience, "sweep", "run", file);

        Assert.Equal(2, exitCode);
        Assert.Contains($"{file}:3:10: unknown key 'epocs' in 'train'; did you mean 'epochs'?", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, ".granary")));
    }

    [Theory]
    [InlineData("sweep", "run")]
    [InlineData("sweep", "run", "nowhere.yaml")]
    [InlineData("sweep", "run", "x.yaml", "--silo", "not an address")]
    [InlineData("swep")]
    public async Task AnyCommand_WrongCommandLine_EndsWithExitCode2(params string[] arguments)
    {
        using TemporaryFolder folder = new();

        (int exitCode, string output) = await GranaryCommand.RunAsync(folder.Path, Patience, arguments);

        Assert.True(exitCode == 2, $"{exitCode}: {output}");
    }

    internal static double BestAccuracy(string output) =>
        double.Parse(BestLine().Match(output).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    private static string[] Leaderboard(string output)
    {
        string[] lines = output.ReplaceLineEndings("\n").Split('\n');
        int first = Array.FindIndex(lines, line => line.Contains("trials ended", StringComparison.Ordinal));
        return [.. lines[first..].Select(line => line.Trim()).Where(line => line.Length > 0)];
    }

    [GeneratedRegex(@"^best valid-accuracy ([0-9.]+)", RegexOptions.Multiline)]
    private static partial Regex BestLine();
}
