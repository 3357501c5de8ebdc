using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Granary.EndToEnd.Tests.Support;

/// <summary>One run of the <c>granary</c> command as a user starts it.</summary>
internal sealed class GranaryCommand : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Task _reading;

    private GranaryCommand(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    public int Id => _process.Id;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts the command in <paramref name="folder"/>, whose <c>.granary</c> is its state.</summary>
    public static GranaryCommand Start(string folder, params string[] arguments)
    {
        ProcessStartInfo start = new(Repository.Granary)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new GranaryCommand(Process.Start(start)!);
    }

    /// <summary>Runs the command to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, TimeSpan patience, params string[] arguments)
    {
        await using GranaryCommand command = Start(folder, arguments);
        int exitCode = await command.ExitAsync(patience);
        return (exitCode, command.Output);
    }

    /// <summary>A member of one of the records in <c>.granary/run</c>, once it is there.</summary>
    public static Task<string> RecordAsync(string folder, string name, string member) => Until.NotNullAsync(
        $"{name}.json with {member}", TimeSpan.FromSeconds(90), () => Task.FromResult(Read(Path.Combine(folder, ".granary", "run", $"{name}.json"), member)));

    /// <summary>The dashboard's address, once the dashboard knows <paramref name="sweep"/>: it listens before the sweep is submitted.</summary>
    public static async Task<Uri> DashboardAsync(string folder, string sweep)
    {
        Uri address = new(await RecordAsync(folder, "dashboard", "http"));
        using HttpClient http = new() { BaseAddress = address };
        await Until.TrueAsync($"{sweep} at the dashboard", TimeSpan.FromSeconds(90), async () =>
        {
            using HttpResponseMessage answer = await http.GetAsync($"api/sweeps/{sweep}");
            return answer.IsSuccessStatusCode;
        });
        return address;
    }

    public async Task<int> ExitAsync(TimeSpan patience)
    {
        using CancellationTokenSource limit = new(patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The command ran longer than {patience}. It printed:{Environment.NewLine}{Output}");
        }

        await _reading;
        return _process.ExitCode;
    }

    public void Signal(int signal) => Signal(_process.Id, signal);

    /// <summary>Sends a signal to one of the processes below a command.</summary>
    public static void Signal(int process, int signal) => _ = Kill(process, signal);

    /// <summary><c>kill -9</c> of the command and of everything that came from it, in other sessions too.</summary>
    public async Task KillEverythingAsync()
    {
        foreach (int process in Descendants(_process.Id).Append(_process.Id).ToArray())
        {
            _ = Kill(process, 9);
        }

        await _process.WaitForExitAsync();
    }

    /// <summary>Every process below <paramref name="parent"/>.</summary>
    public static IEnumerable<int> Descendants(int parent)
    {
        foreach (int child in Children(parent).ToArray())
        {
            yield return child;
            foreach (int grandchild in Descendants(child))
            {
                yield return grandchild;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillEverythingAsync();
        }

        await _reading;
        _process.Dispose();
    }

    private static IEnumerable<int> Children(int parent)
    {
        string tasks = $"/proc/{parent}/task";
        if (!Directory.Exists(tasks))
        {
            return [];
        }

        try
        {
            return [.. Directory.EnumerateDirectories(tasks)
                .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(int.Parse)];
        }
        catch (IOException)
        {
            // It ended while we looked.
            return [];
        }
    }

    private static string? Read(string path, string member)
    {
        try
        {
            using JsonDocument record = JsonDocument.Parse(File.ReadAllText(path));
            return record.RootElement.TryGetProperty(member, out JsonElement value) ? value.ToString() : null;
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            return null;
        }
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
