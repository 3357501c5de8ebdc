using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Granary.Cli.Local;

/// <summary>
/// One child process. It runs in a session of its own, so that Ctrl-C reaches this command alone, and holds the other end
/// of a pipe, so that it ends when this command does, however that happens.
/// </summary>
internal sealed class LocalProcess : IAsyncDisposable
{
    private const int SigTerm = 15;

    private readonly Process _process;
    private readonly Task _log;

    private LocalProcess(string name, Process process, Task log) => (Name, _process, _log) = (name, process, log);

    public string Name { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Completes when the process has ended.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Starts a program; what it prints goes to <paramref name="logPath"/>, which begins anew.</summary>
    public static LocalProcess Start(string program, IEnumerable<string> arguments, string logPath)
    {
        const string Setsid = "/usr/bin/setsid";
        string executable = Programs.Find(program);
        bool session = File.Exists(Setsid);
        ProcessStartInfo start = new(session ? Setsid : executable)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string argument in session ? arguments.Prepend(executable) : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        Process process = Process.Start(start) ?? throw new CliException($"{executable} did not start.");
        return new LocalProcess(program, process, LogAsync(process, logPath));
    }

    /// <summary>The end of what the process printed, for an error message.</summary>
    public static string Tail(string logPath, int lines)
    {
        try
        {
            return string.Join(Environment.NewLine, File.ReadLines(logPath).TakeLast(lines));
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>Asks the process to end, and ends it when it has not within <paramref name="patience"/>.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        if (!_process.HasExited)
        {
            _ = Kill(_process.Id, SigTerm);
            using CancellationTokenSource limit = new(patience);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        await _log;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _log;
        _process.Dispose();
    }

    private static async Task LogAsync(Process process, string path)
    {
        await using StreamWriter log = new(path, append: false) { AutoFlush = true };
        using SemaphoreSlim turn = new(1);
        await Task.WhenAll(CopyAsync(process.StandardOutput), CopyAsync(process.StandardError));

        async Task CopyAsync(StreamReader reader)
        {
            const long Longest = 16 << 20;
            while (await reader.ReadLineAsync() is { } line)
            {
                await turn.WaitAsync();
                if (log.BaseStream.Length < Longest)
                {
                    await log.WriteLineAsync(line);
                }

                turn.Release();
            }
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
