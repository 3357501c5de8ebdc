using Granary.Pools;
using Granary.Sweeps;
using Granary.Trials;

namespace Granary.Dashboard.Views;

/// <summary>Views of what grains answer.</summary>
internal static class GrainViews
{
    public static SweepDetailView ToView(this SweepSnapshot sweep) =>
        new(sweep.Summary.ToView(), [.. sweep.Trials.Select(ToView)], sweep.File);

    public static SweepView ToView(this SweepSummary sweep) => new()
    {
        Id = sweep.Id.Value,
        Name = sweep.Name,
        State = StateName(sweep.State),
        Metric = sweep.Metric,
        Maximize = sweep.Maximize,
        PlannedTrials = sweep.PlannedTrials,
        FinishedTrials = sweep.FinishedTrials,
        RunningTrials = sweep.RunningTrials,
        BestTrial = sweep.BestTrial?.ToString(),
        Best = sweep.Best,
        Reason = sweep.Reason,
        Created = sweep.Created,
        Finished = sweep.Finished,
    };

    public static TrialView ToView(this TrialSnapshot trial) => new()
    {
        Id = trial.Definition.Id.ToString(),
        Number = trial.Definition.Id.Number,
        State = StateName(trial.State),
        Version = trial.Version,
        Parameters = trial.Definition.Parameters,
        Model = trial.Model,
        Attempt = trial.Attempt,
        Devices = [.. trial.Devices.Select(device => device.ToString())],
        EpochsDone = trial.EpochsDone,
        Epochs = trial.Epochs,
        Metrics = trial.Metrics,
        Best = trial.Best,
        BestEpoch = trial.BestEpoch,
        Reason = trial.Reason,
        Started = trial.Started,
        Finished = trial.Finished,
        Checkpoint = trial.BestCheckpoint?.Weights,
        History = [.. trial.History.Select(epoch => new PointView(epoch.Step, epoch.Epoch, epoch.Metrics))],
        Health = trial.Health is { } health ? new HealthView(StateName(health.Health), health.Sentence) : null,
    };

    public static DeviceView ToView(this PoolDevice device) => new(
        device.Id.ToString(), device.Name, device.Present, device.Holder?.Attempt.Trial.ToString(), device.Holder?.Rank);

    private static string StateName<T>(T state) where T : struct, Enum => state.ToString().ToLowerInvariant();
}
