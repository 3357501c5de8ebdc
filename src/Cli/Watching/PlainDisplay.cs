using System.Globalization;
using Granary.V1;

namespace Granary.Cli.Watching;

/// <summary>One line per event: for logs and pipes.</summary>
internal sealed class PlainDisplay(TextWriter output, TimeProvider time) : ISweepDisplay
{
    private static readonly string[] EpochMetrics = ["train-loss", "valid-loss", "valid-accuracy"];

    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public async Task ShowAsync(SweepWatcher watcher, SweepProgress progress, Func<Task> work, CancellationToken cancellationToken)
    {
        watcher.TrialChanged += Tell;
        try
        {
            await work();
        }
        finally
        {
            watcher.TrialChanged -= Tell;
        }

        void Tell(TrialProgress? before, TrialProgress after)
        {
            if (Line(before, after) is { } line)
            {
                Say($"{line}{(progress.Left() is { } left ? $" (about {Format.Time(left)} left)" : "")}");
            }
        }
    }

    /// <inheritdoc/>
    public void Say(string line)
    {
        lock (_lock)
        {
            output.WriteLine($"{time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture)} {line}");
        }
    }

    // The evidence once, when the verdict changes; recovery too is news.
    private static string News(TrialProgress? before, TrialProgress after)
    {
        bool was = before?.Sick == true;
        if (after.Verdict == before?.Verdict || (!was && !after.Sick))
            return "";
        return after.Sick ? $"; {after.Trial.Health.Sentence}" : "; its layers are healthy again";
    }

    private static string? Line(TrialProgress? before, TrialProgress after)
    {
        Trial trial = after.Trial;
        string name = $"trial {trial.Number} {after.Parameters}:";
        if (trial.EpochsDone > (before?.Trial.EpochsDone ?? 0))
        {
            string metrics = string.Join(' ', EpochMetrics.Select(metric =>
                $"{metric} {Format.Value(trial.Metrics.TryGetValue(metric, out double value) ? value : null)}"));
            return $"{name} epoch {trial.EpochsDone}/{trial.Epochs} {metrics} at {Format.Rate(after.Metric("examples-per-second"))} examples/s{News(before, after)}";
        }

        string devices = trial.Devices.Count > 0 && trial.State == TrialState.Running ? $" on {string.Join(", ", trial.Devices)}" : "";
        if (before?.Trial.State == trial.State)
        {
            return (before.Trial.Reason == trial.Reason, trial.State, trial.Reason) switch
            {
                (false, TrialState.Running, "") => $"{name} its ranks are together again{devices}",
                (false, TrialState.Running, _) => $"{name} {trial.Reason}",
                _ => null,
            };
        }

        string reason = trial.Reason.Length > 0 ? $": {trial.Reason}" : "";
        string attempt = trial.Attempt > 1 && trial.State == TrialState.Running ? $", attempt {trial.Attempt}" : "";
        return $"{name} {trial.State.ToString().ToLowerInvariant()}{devices}{attempt}{reason}";
    }
}
