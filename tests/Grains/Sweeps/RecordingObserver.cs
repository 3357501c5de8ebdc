using System.Collections.Concurrent;
using Granary.Sweeps;
using Granary.Trials;

namespace Granary.Grains.Tests.Sweeps;

/// <summary>Remembers what a sweep tells.</summary>
internal sealed class RecordingObserver : ISweepObserver
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Ended => _ended.Task;

    public ConcurrentBag<int> Succeeded { get; } = [];

    public Task SweepChangedAsync(SweepSummary summary)
    {
        if (summary.State == SweepState.Succeeded)
            _ended.TrySetResult();
        return Task.CompletedTask;
    }

    public Task TrialChangedAsync(TrialSnapshot trial)
    {
        if (trial.State == TrialState.Succeeded && !Succeeded.Contains(trial.Definition.Id.Number))
            Succeeded.Add(trial.Definition.Id.Number);
        return Task.CompletedTask;
    }
}
