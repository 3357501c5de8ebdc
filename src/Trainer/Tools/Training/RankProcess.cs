using System.Diagnostics;
using System.Globalization;
using Granary.Trainer.Agent;

namespace Granary.Trainer.Tools.Training;

/// <summary>The process of a rank other than the first.</summary>
internal sealed class RankProcess : IDisposable
{
    private const int Signals = 128;

    private readonly Process _process;
    private readonly Task<string> _error;

    private RankProcess(int rank, Process process)
    {
        (Rank, _process) = (rank, process);
        _error = LastLineAsync(process.StandardError);
    }

    /// <summary>The rank.</summary>
    public int Rank { get; }

    private string Killed => $"was killed by signal {_process.ExitCode - Signals} (exit code {_process.ExitCode})";

    /// <summary>Starts it.</summary>
    /// <param name="orders">What it is told.</param>
    /// <param name="gpu">Its CUDA_VISIBLE_DEVICES; null: as it is here.</param>
    public static RankProcess Start(RankOrders orders, string? gpu)
    {
        WorkerProgram own = WorkerProgram.Own();
        var start = new ProcessStartInfo(own.File, [.. own.Arguments.SkipLast(1), TrainCommand.RankName])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string threads = orders.Threads.ToString(CultureInfo.InvariantCulture);
        start.Environment["OMP_NUM_THREADS"] = threads;
        start.Environment["OPENBLAS_NUM_THREADS"] = threads;
        if (gpu is not null)
            start.Environment["CUDA_VISIBLE_DEVICES"] = gpu;
        Process process = Process.Start(start) ?? throw new ToolException($"{own.File} does not start.", ToolExit.Failed);
        process.StandardInput.WriteLine(orders.Write());
        return new RankProcess(orders.Rank, process);
    }

    /// <summary>Where it listens; null: it has ended.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<string?> EndpointAsync(CancellationToken cancellationToken) =>
        await _process.StandardOutput.ReadLineAsync(cancellationToken);

    /// <summary>Where it listens for the next ring; null: it has ended, or says nothing.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<string?> SignAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A read of a pipe does not end when it is cancelled; the process whose pipe it is will.
            return await EndpointAsync(CancellationToken.None).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Tells it a line; one that has ended hears nothing.</summary>
    /// <param name="line">The line.</param>
    public async Task TellAsync(string line)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(line);
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // The ring says that it is gone.
        }
    }

    /// <summary>Ends when the process has.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task ExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>
    /// How it was lost, in words: a signal ended it, or it lives and said nothing, and is ended now. null: it ended itself.
    /// </summary>
    /// <param name="death">How long a process whose output has ended may take to be gone.</param>
    public async Task<string?> LossAsync(TimeSpan death)
    {
        using var patience = new CancellationTokenSource(death);
        await ExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_process.HasExited)
            return _process.ExitCode > Signals ? Killed : null;
        _process.Kill();
        return "is frozen";
    }

    /// <summary>How it ended of its own, in words; null: it lives, is done, or only followed the others.</summary>
    public async Task<string?> CauseAsync()
    {
        if (!_process.HasExited || _process.ExitCode == ToolExit.Done)
            return null;
        if (_process.ExitCode > Signals)
            return $"rank {Rank} {Killed}";
        string last = await _error;
        return last.Contains(nameof(Collectives.CollectiveException), StringComparison.Ordinal)
            ? null
            : $"rank {Rank} ended with exit code {_process.ExitCode}: {last}";
    }

    /// <summary>Ends it, if it has not ended yet.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private static async Task<string> LastLineAsync(TextReader error)
    {
        string last = "it said nothing";
        while (await error.ReadLineAsync() is { } line)
        {
            if (line.Length > 0)
                last = line;
        }

        return last;
    }
}
