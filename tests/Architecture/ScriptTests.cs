using System.Diagnostics;

namespace Granary.Architecture.Tests;

/// <summary>The launchers: executable, and Bash can read them.</summary>
public sealed class ScriptTests
{
    [Theory]
    [InlineData("granary", true)]
    [InlineData("test", true)]
    [InlineData(".ci/run", true)]
    [InlineData("tools/setup.sh", false)]
    [InlineData("tools/suites.sh", false)]
    public async Task Script_IsReadByBash(string path, bool isCommand)
    {
        string full = Path.Combine(Repository.Root, path);
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-n", full]) { RedirectStandardError = true })!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        string errors = await bash.StandardError.ReadToEndAsync(patience.Token);
        await bash.WaitForExitAsync(patience.Token);

        Assert.Equal(("", 0), (errors, bash.ExitCode));
        if (isCommand && !OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserExecute, File.GetUnixFileMode(full) & UnixFileMode.UserExecute);
        }
    }
}
