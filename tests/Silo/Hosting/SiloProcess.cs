using System.Diagnostics;
using Granary.Silo.Hosting;

namespace Granary.Silo.Tests.Hosting;

/// <summary>A silo as a process of its own.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _error;

    private SiloProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
        // Read, so that a full pipe never stops the silo.
        _ = process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>What it said on standard error, once it has ended.</summary>
    public Task<string> Error => _error.WaitAsync(Patience);

    public static SiloProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "granary-silo.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new SiloProcess(Process.Start(start)!);
    }

    /// <summary>Waits until it serves, and tells where.</summary>
    public async Task<SiloRecord> ServingAsync(string state)
    {
        using var limit = new CancellationTokenSource(Patience);
        var folder = new StateDirectory(state);
        while (true)
        {
            if (SiloRecord.Read(folder.RecordFile) is { } record && record.Pid == _process.Id) return record;
            Assert.False(_process.HasExited, "The silo ended before it served.");
            await Task.Delay(20, limit.Token);
        }
    }

    public async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public void CloseInput() => _process.StandardInput.Close();

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await ExitAsync();
        _process.Dispose();
    }
}
