using Granary.Specs;

namespace Granary.Grains.Trials;

/// <summary>Takes a trial's plan from its run.</summary>
public static class TrialPlans
{
    /// <summary>The plan of a run.</summary>
    /// <param name="run">The run, with its network chosen.</param>
    /// <exception cref="ArgumentException">The run names no network.</exception>
    public static TrialPlan From(RunSpec run) => new(
        run.Model.Name ?? throw new ArgumentException("The run names no network; a resolved run sets its name."),
        run.Train.Epochs,
        run.Resources.Retries,
        run.Objective.Metric,
        run.Objective.Maximize,
        new DeviceDemand(run.Resources.Pool, run.Resources.MinDevices, run.Resources.MaxDevices, run.Resources.Priority))
    {
        Reform = TimeSpan.FromSeconds(run.Parallel.Reform),
    };
}
