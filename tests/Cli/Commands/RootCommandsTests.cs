namespace Granary.Cli.Tests.Commands;

public sealed class RootCommandsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Terminal _terminal = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--no-such-option")]
    [InlineData("no-such-command")]
    [InlineData("sweep", "run")]
    [InlineData("sweep", "show")]
    [InlineData("sweep", "list", "--limit", "0")]
    [InlineData("sweep", "list", "--limit", "1001")]
    [InlineData("sweep", "list", "--limit", "many")]
    [InlineData("sweep", "list", "--silo", "ftp://silo")]
    [InlineData("sweep", "list", "extra")]
    public async Task RunAsync_WrongCommandLine_SaysSoAndIsUsage(params string[] arguments)
    {
        int exitCode = await _terminal.RunAsync(arguments);

        Assert.Equal(2, exitCode);
        Assert.StartsWith("granary: ", _terminal.Error, StringComparison.Ordinal);
        Assert.Contains("--help", _terminal.Error, StringComparison.Ordinal);
        Assert.Empty(_terminal.Output);
    }

    [Fact]
    public async Task RunAsync_SweepFileThatIsNotThere_IsUsageAndStartsNothing()
    {
        string state = _folder.File("state");

        int exitCode = await _terminal.RunAsync("sweep", "run", _folder.File("absent.yaml"), "--state", state);

        Assert.Equal(2, exitCode);
        Assert.Contains("cannot read the sweep file", _terminal.Error, StringComparison.Ordinal);
        Assert.Contains("absent.yaml", _terminal.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(state));
    }

    [Fact]
    public async Task RunAsync_WrongSweepFile_NamesEveryMistakeWithItsPlaceAndStartsNothing()
    {
        string file = _folder.Write(
            "wrong.yaml",
            Samples.SweepFile
                .Replace("lenet-relu", "lenet-rellu", StringComparison.Ordinal)
                .Replace("sgd", "sgdd", StringComparison.Ordinal));
        string state = _folder.File("state");

        int exitCode = await _terminal.RunAsync("sweep", "run", file, "--state", state);

        Assert.Equal(2, exitCode);
        // The third and fourth line of the file hold the two mistakes.
        Assert.Contains($"{file}:3:8: ", _terminal.Error, StringComparison.Ordinal);
        Assert.Contains("lenet-relu", _terminal.Error, StringComparison.Ordinal);
        Assert.Contains($"{file}:4:", _terminal.Error, StringComparison.Ordinal);
        Assert.Contains("nothing was started", _terminal.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(state));
    }

    [Fact]
    public async Task RunAsync_SweepFileOfMoreThanAMebibyte_IsRefusedUnread()
    {
        string file = _folder.Write("long.yaml", new string('#', (1 << 20) + 1));

        int exitCode = await _terminal.RunAsync("sweep", "run", file, "--state", _folder.File("state"));

        Assert.Equal(2, exitCode);
        Assert.Contains("1048577 bytes", _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_SiloThatIsNotThere_SaysSoAndFails()
    {
        // Nothing listens on port 1.
        int exitCode = await _terminal.RunAsync("sweep", "list", "--silo", "127.0.0.1:1");

        Assert.Equal(1, exitCode);
        Assert.Contains("the silo answered Unavailable", _terminal.Error, StringComparison.Ordinal);
    }
}
