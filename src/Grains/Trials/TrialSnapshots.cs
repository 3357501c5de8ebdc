using Granary.Trials;

namespace Granary.Grains.Trials;

/// <summary>Shows a trial's state to others.</summary>
public static class TrialSnapshots
{
    /// <summary>The trial as others see it.</summary>
    /// <param name="state">The trial.</param>
    public static TrialSnapshot From(TrialMachineState state) => new()
    {
        Definition = state.Definition,
        State = state.State,
        Version = state.Version,
        Attempt = state.Attempt,
        Devices = state.Gang.Select(rank => rank.Device).ToArray(),
        EpochsDone = state.EpochsDone,
        Epochs = state.Plan.Epochs,
        Model = state.Plan.Model,
        Metrics = state.History.Count == 0 ? new Dictionary<string, double>() : state.History[^1].Result.Metrics,
        Best = state.Best,
        BestEpoch = state.BestEpoch,
        BestCheckpoint = state.BestCheckpoint,
        LastCheckpoint = state.LastCheckpoint,
        Reason = state.Reason,
        Started = state.Started,
        Finished = state.Finished,
        History = state.History.Select(record => record.Result).ToArray(),
    };
}
