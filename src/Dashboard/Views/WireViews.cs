using Granary.V1;

namespace Granary.Dashboard.Views;

/// <summary>Views of what the silo's streams carry.</summary>
internal static class WireViews
{
    public static SweepDetailView ToDetailView(this Sweep sweep) => new(sweep.ToView(), [.. sweep.Trials.Select(ToView)], sweep.File);

    public static SweepView ToView(this Sweep sweep) => new()
    {
        Id = sweep.Id,
        Name = sweep.Name,
        State = sweep.State.ToString().ToLowerInvariant(),
        Metric = sweep.Objective?.Metric ?? "",
        Maximize = sweep.Objective?.Maximize ?? true,
        PlannedTrials = sweep.PlannedTrials,
        FinishedTrials = sweep.FinishedTrials,
        RunningTrials = sweep.RunningTrials,
        BestTrial = sweep.BestTrial.Length > 0 ? sweep.BestTrial : null,
        Best = sweep.HasBest ? sweep.Best : null,
        Reason = sweep.Reason,
        Created = sweep.Created.ToDateTimeOffset(),
        Finished = sweep.Finished?.ToDateTimeOffset(),
    };

    public static TrialView ToView(this Trial trial) => new()
    {
        Id = trial.Id,
        Number = trial.Number,
        State = trial.State.ToString().ToLowerInvariant(),
        Version = trial.Version,
        Parameters = trial.Parameters,
        Model = trial.Model,
        Attempt = trial.Attempt,
        Devices = trial.Devices,
        EpochsDone = trial.EpochsDone,
        Epochs = trial.Epochs,
        Metrics = trial.Metrics,
        Best = trial.HasBest ? trial.Best : null,
        BestEpoch = trial.BestEpoch,
        Reason = trial.Reason,
        Started = trial.Started?.ToDateTimeOffset(),
        Finished = trial.Finished?.ToDateTimeOffset(),
        Checkpoint = trial.BestCheckpoint?.Weights,
        History = [.. trial.History.Select(epoch => new PointView(epoch.Step, epoch.Epoch, epoch.Values))],
        Health = trial.Health is { } health ? new HealthView(Word(health.Health), health.Sentence) : null,
    };

    public static PointView ToView(this StepMetrics step) => new(
        step.Step,
        step.Epoch,
        step.Values,
        step.Layers.Count == 0 ? null : [.. step.Layers.Select(ToView)]);

    public static SpreadView ToView(this LayerSpread spread) =>
        new(spread.Step, spread.Histogram?.Low ?? 0, spread.Histogram?.High ?? 0, spread.Histogram?.Counts ?? []);

    private static LayerView ToView(LayerStatistics layer) => new(layer.Layer, layer.Mean, layer.StandardDeviation, layer.NearZero)
    {
        Kind = layer.Kind,
        GradientNorm = layer.HasGradientNorm ? layer.GradientNorm : null,
        WeightNorm = layer.HasWeightNorm ? layer.WeightNorm : null,
        UpdateRatio = layer.HasUpdateRatio ? layer.UpdateRatio : null,
        Health = Word(layer.Health),
        Evidence = layer.Evidence,
    };

    // A newer silo may know of verdicts that have no name here.
    private static string Word(LayerHealth health) =>
        health != LayerHealth.Unspecified && Enum.IsDefined(health) ? health.ToString().ToLowerInvariant() : HealthView.Unknown;
}
