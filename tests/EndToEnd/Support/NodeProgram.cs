using System.Diagnostics;

namespace Granary.EndToEnd.Tests.Support;

/// <summary>Runs a program of <c>tests/EndToEnd/interop</c> with Node.js; its packages are installed once.</summary>
internal static class NodeProgram
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "EndToEnd", "interop");

    /// <summary>Runs the program to its end and returns what it printed.</summary>
    public static async Task<string> RunAsync(string program, TimeSpan patience, params string[] arguments)
    {
        using CancellationTokenSource limit = new(patience);
        if (!File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json")))
        {
            await ProcessAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], limit.Token);
        }

        return await ProcessAsync("node", [program, .. arguments], limit.Token);
    }

    private static async Task<string> ProcessAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            string errors = await process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await output}{errors}");
            return await output;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
