using System.Diagnostics;
using Granary.Specs;
using Granary.Trainer.Collectives;
using Granary.Trainer.Link;
using Granary.Trainer.Tests.Runs;
using Granary.Trainer.Worker;
using Granary.V1;

namespace Granary.Trainer.Tests.Worker;

/// <summary>Real worker processes on a small run.</summary>
internal sealed class WorkerHarness : IDisposable
{
    private static readonly TimeSpan ExitDeadline = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private readonly SmallRun _run;
    private readonly List<Process> _processes = [];

    public WorkerHarness(int epochs)
        : this(new SmallRun { Train = new TrainSpec { LearningRate = 0.05, Momentum = 0.9, Epochs = epochs, Seed = 3, WatchEvery = 2 } })
    {
    }

    /// <summary>Another run; it is disposed with this.</summary>
    public WorkerHarness(SmallRun run) => _run = run;

    /// <summary>How the ranks train together.</summary>
    public ParallelSpec Parallel { get; init; } = new();

    /// <summary>Files for mutual TLS, by rank; null: none.</summary>
    public Func<int, RingCertificates?> Certificates { get; init; } = _ => null;

    public string SiloFile => _folder.File("silo.json");

    /// <summary>A rank's first worker, which begins at a checkpoint.</summary>
    public Process Start(int rank = 0, int worldSize = 1, Checkpoint? checkpoint = null) => Start(Document(rank, worldSize, checkpoint));

    /// <summary>A worker that takes a lost rank's place.</summary>
    public Process Replace(int rank, int worldSize, int start, int ring) =>
        Start(Document(rank, worldSize, null) with { Start = start, Ring = ring });

    /// <summary>Every rank of a gang.</summary>
    public Process[] StartGang(int worldSize, Checkpoint? checkpoint = null) =>
        [.. Enumerable.Range(0, worldSize).Select(rank => Start(rank, worldSize, checkpoint))];

    /// <summary>Its exit code and what it said on standard error.</summary>
    public static async Task<(int Code, string Error)> EndAsync(Process process)
    {
        var (code, error, _) = await WatchAsync(process);
        return (code, error);
    }

    /// <summary>Its exit code, and what it said on standard error and standard output.</summary>
    public static async Task<(int Code, string Error, string Output)> WatchAsync(Process process)
    {
        using var deadline = new CancellationTokenSource(ExitDeadline);
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var error = await process.StandardError.ReadToEndAsync(deadline.Token);
        var said = await output;
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, error.TrimEnd(), said);
    }

    /// <summary>Starts a gang and waits until every rank has done its work.</summary>
    public async Task FinishAsync(int worldSize, Checkpoint? checkpoint = null)
    {
        var ends = await Task.WhenAll(StartGang(worldSize, checkpoint).Select(EndAsync));
        Assert.All(ends, end => Assert.True(end.Code == 0, end.Error));
    }

    public static void Terminate(Process process) => NativeProcess.Terminate(process.Id);

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited) process.Kill();
            process.Dispose();
        }

        _run.Dispose();
        _folder.Dispose();
    }

    private Process Start(LaunchDocument document)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "granary-trainer");
        var process = Process.Start(new ProcessStartInfo(program, ["worker"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _processes.Add(process);
        process.StandardInput.WriteLine(document.Write());
        process.StandardInput.Flush();
        return process;
    }

    private LaunchDocument Document(int rank, int worldSize, Checkpoint? checkpoint) => new()
    {
        Trial = "sweep/0001",
        Attempt = 1,
        Rank = rank,
        WorldSize = worldSize,
        Cuda = false,
        Threads = 1,
        Run = RunSpecJson.Write(_run.Spec with { Parallel = Parallel }),
        Checkpoint = checkpoint is null ? null : new LaunchCheckpoint(checkpoint.Weights, checkpoint.Manifest),
        Secret = "s3cret",
        SiloFile = SiloFile,
        Address = "127.0.0.1",
        Certificates = Certificates(rank),
        Folder = Directory.CreateDirectory(_folder.File($"rank-{_processes.Count}")).FullName,
    };
}
