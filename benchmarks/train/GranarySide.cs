using Granary.Trainer.Learning;

namespace Granary.Benchmarks.Train;

/// <summary>The product's own loop: its learner, loader, loss, optimizer and the callbacks of a run, on a training thread.</summary>
internal sealed class GranarySide : ISide
{
    private readonly Gate _gate = new();
    private readonly Task<bool> _loop;
    private StepCosts? _costs;

    /// <summary>A loop that waits for its first window.</summary>
    /// <param name="case">The network and its pictures.</param>
    /// <param name="setup">How it is trained.</param>
    /// <param name="watchEvery">Steps between two samples of every layer; 0: none.</param>
    public GranarySide(TrainCase @case, Setup setup, int watchEvery)
    {
        Name = watchEvery == 0 ? "Granary" : $"Granary, watching every {watchEvery}";
        _loop = TrainingThread.RunAsync("training", () =>
        {
            new TrainingLoop(@case, setup.Threads) { Gate = _gate, WatchEvery = watchEvery, Watching = watch => _costs = new StepCosts(watch) }.Run();
            return true;
        });
        _ = _loop.ContinueWith(
            loop => _gate.Fail(loop.Exception!.InnerException!),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string? Remark => _costs?.ToString();

    /// <inheritdoc/>
    public Window Run(double seconds) => _gate.Run(seconds);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _gate.End();
        await _loop;
        _gate.Dispose();
    }
}
