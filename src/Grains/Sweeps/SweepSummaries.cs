using Granary.Sweeps;
using Granary.Trials;

namespace Granary.Grains.Sweeps;

/// <summary>Shows a sweep's ledger to others.</summary>
internal static class SweepSummaries
{
    public static SweepSummary Of(SweepGrainState state, SweepPlan plan)
    {
        bool maximize = plan.Spec.Search.Objective.Maximize;
        TrialSnapshot? best = Best(state, maximize);
        return new SweepSummary
        {
            Id = plan.Definition.Id,
            Name = plan.Spec.Name,
            State = state.State,
            Metric = plan.Spec.Search.Objective.Metric,
            Maximize = maximize,
            PlannedTrials = plan.PlannedTrials,
            FinishedTrials = state.Trials.Count(trial => trial.IsFinished),
            RunningTrials = state.Trials.Count(trial => !trial.IsFinished && trial.Snapshot.Devices.Count > 0),
            BestTrial = best?.Definition.Id,
            Best = best?.Best,
            Reason = state.Reason,
            Created = plan.Definition.Created,
            Finished = state.Finished,
            FileHash = plan.FileHash,
        };
    }

    // Strictly better only: among equals the trial with the lower number stays.
    private static TrialSnapshot? Best(SweepGrainState state, bool maximize)
    {
        TrialSnapshot? best = null;
        foreach (TrialSnapshot trial in state.Trials.Select(entry => entry.Snapshot))
        {
            if (trial.Best is double value && (best?.Best is not double top || (maximize ? value > top : value < top)))
                best = trial;
        }

        return best;
    }
}
