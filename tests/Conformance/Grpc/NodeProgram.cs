using System.Diagnostics;

namespace Granary.Conformance.Grpc.Tests;

/// <summary>A Node program of the interop folder beside the tests. Its packages are installed once, from the lock file.</summary>
internal sealed class NodeProgram : IAsyncDisposable
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "interop");
    private static readonly SemaphoreSlim Installing = new(1);

    private readonly Process _process;

    private NodeProgram(Process process) => _process = process;

    public static async Task<NodeProgram> StartAsync(string script, params string[] arguments)
    {
        await InstallAsync();
        return new NodeProgram(Start("node", [script, .. arguments]));
    }

    public Task<string?> ReadLineAsync() => _process.StandardOutput.ReadLineAsync().WaitAsync(EchoHost.Patience);

    /// <summary>All that the program prints until it ends.</summary>
    public async Task<string> ReadToEndAsync()
    {
        Task<string> errors = _process.StandardError.ReadToEndAsync();
        string output = await _process.StandardOutput.ReadToEndAsync().WaitAsync(EchoHost.Patience);
        await _process.WaitForExitAsync().WaitAsync(EchoHost.Patience);
        Assert.True(_process.ExitCode == 0, $"node ended with {_process.ExitCode}: {await errors}");
        return output;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync().WaitAsync(EchoHost.Patience);
        }

        _process.Dispose();
    }

    private static async Task InstallAsync()
    {
        await Installing.WaitAsync();
        try
        {
            // npm writes this file last, so a broken installation is repeated.
            if (File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json")))
            {
                return;
            }

            using Process npm = Start("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
            using var impatience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
            Task<string> output = npm.StandardOutput.ReadToEndAsync(impatience.Token);
            string errors = await npm.StandardError.ReadToEndAsync(impatience.Token);
            await npm.WaitForExitAsync(impatience.Token);
            Assert.True(npm.ExitCode == 0, $"'npm ci' in {Folder} ended with {npm.ExitCode}. {await output} {errors}");
        }
        finally
        {
            Installing.Release();
        }
    }

    private static Process Start(string program, IEnumerable<string> arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException(
                $"'{program}' is not installed. The interoperability tests need Node.js 18 or later with npm "
                + "(Debian: apt install nodejs npm).",
                e);
        }
    }
}
