using System.Diagnostics;
using System.Globalization;
using Granary.Trainer.Link;
using Granary.Trainer.Worker;

namespace Granary.Trainer.Agent;

/// <summary>
/// One running worker. Its standard input stays open for as long as the agent lives: its end tells the worker that it is alone.
/// </summary>
internal sealed class WorkerProcess
{
    private const int LogLimit = 8 << 20;
    private const int TerminatedBySignal = 128 + 15;
    private static readonly TimeSpan OutputDeadline = TimeSpan.FromSeconds(2);

    private readonly WorkerLaunch _launch;
    private readonly Process _process;
    private readonly StreamWriter _input;
    private readonly BoundedLog _log;
    private readonly TimeProvider _time;
    private int _asked;

    private WorkerProcess(WorkerLaunch launch, Process process, BoundedLog log, TimeProvider time)
    {
        (_launch, _process, _log, _time) = (launch, process, log, time);
        (Id, _input) = (process.Id, process.StandardInput);
        Exit = RunAsync();
    }

    /// <summary>The rank that it runs.</summary>
    public RankKey Rank => _launch.Rank;

    /// <summary>The device that it owns.</summary>
    public DeviceSlot Slot => _launch.Slot;

    /// <summary>Its process id.</summary>
    public int Id { get; }

    /// <summary>Completes when the process has ended.</summary>
    public Task<WorkerExit> Exit { get; }

    /// <summary>Starts a worker.</summary>
    /// <param name="launch">What to start; its folder is made.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    /// <exception cref="IOException">Its folder cannot be written.</exception>
    public static WorkerProcess Start(WorkerLaunch launch, TimeProvider time)
    {
        Directory.CreateDirectory(launch.Document.Folder);
        var log = new BoundedLog(Path.Combine(launch.Document.Folder, "worker.log"), LogLimit);
        try
        {
            var process = CoreAffinity.Run(launch.Slot.Cores, () => Process.Start(StartInfo(launch))!);
            return new WorkerProcess(launch, process, log, time);
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>Asks for a checkpoint and an orderly end; a worker that takes too long is killed. Repeating it changes nothing.</summary>
    public void RequestCheckpoint()
    {
        if (Interlocked.Exchange(ref _asked, 1) != 0) return;
        NativeProcess.Terminate(Id);
        _ = KillLaterAsync();
    }

    /// <summary>Ends the process and everything that it started.</summary>
    public void Kill()
    {
        if (Exit.IsCompleted) return;
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself meanwhile.
        }
    }

    private static ProcessStartInfo StartInfo(WorkerLaunch launch)
    {
        var slot = launch.Slot;
        var start = new ProcessStartInfo(launch.Program.File, launch.Program.Arguments)
        {
            WorkingDirectory = launch.Document.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var threads = slot.Threads.ToString(CultureInfo.InvariantCulture);
        start.Environment["OMP_NUM_THREADS"] = threads;
        start.Environment["OPENBLAS_NUM_THREADS"] = threads;
        start.Environment["CUDA_DEVICE_ORDER"] = "PCI_BUS_ID";
        start.Environment["CUDA_VISIBLE_DEVICES"] = slot.Gpu is { } gpu ? gpu.ToString(CultureInfo.InvariantCulture) : "";
        return start;
    }

    private async Task TellAsync()
    {
        try
        {
            await _input.WriteLineAsync(_launch.Document.Write());
            await _input.FlushAsync();
        }
        catch (IOException)
        {
            // It ended before it read anything; its exit says why.
        }
    }

    private async Task CloseInputAsync()
    {
        try
        {
            await _input.DisposeAsync();
        }
        catch (IOException)
        {
            // What it did not read has nowhere to go.
        }
    }

    private async Task<WorkerExit> RunAsync()
    {
        var told = TellAsync();
        var output = Task.WhenAll(_log.CopyAsync(_process.StandardOutput, false), _log.CopyAsync(_process.StandardError, true));
        await _process.WaitForExitAsync();
        // A grandchild may still hold the streams; what it would write or read is not waited for.
        await Task.WhenAny(Task.WhenAll(output, told), Task.Delay(OutputDeadline, _time));
        var code = _process.ExitCode;
        // Asked before it had installed its handler: it left on request, with the checkpoint that it had.
        if (code == TerminatedBySignal && Volatile.Read(ref _asked) != 0) code = ExitCode.Paused;
        var exit = new WorkerExit(Rank, code, _log.Tail());
        if (told.IsCompleted) await CloseInputAsync();
        _process.Dispose();
        _log.Dispose();
        DropFiles();
        return exit;
    }

    // What counts is stored with the silo. The log stays.
    private void DropFiles()
    {
        foreach (var name in new[] { LaunchDocument.CheckpointFolder, LaunchDocument.ResumeFolder })
        {
            var folder = Path.Combine(_launch.Document.Folder, name);
            try
            {
                if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            }
            catch (IOException)
            {
                // A grandchild still writes there; the folder is small and stays.
            }
        }
    }

    private async Task KillLaterAsync()
    {
        await Task.WhenAny(Exit, Task.Delay(_launch.Grace, _time));
        Kill();
    }
}
