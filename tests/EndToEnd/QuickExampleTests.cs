using Granary.EndToEnd.Tests.Support;

namespace Granary.EndToEnd.Tests;

/// <summary>The first thing that a new user runs.</summary>
[Collection("whole machine")]
public sealed class QuickExampleTests
{
    [Fact]
    public async Task QuickExample_OnThisMachine_ReachesItsAccuracy()
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(Repository.Root, "examples", "quick.yaml");

        (int exitCode, string output) = await GranaryCommand.RunAsync(
            folder.Path, TimeSpan.FromMinutes(15), "sweep", "run", file, "--devices", "cpu:2", "--http", "127.0.0.1:0");

        Assert.True(exitCode == 0, output);
        Assert.True(SweepCommandTests.BestAccuracy(output) >= 0.85, output);
    }
}
