using Granary.Specs;

namespace Granary.Grains.Scheduling;

/// <summary>Makes the scheduler that a sweep file asks for.</summary>
public static class TrialSchedulers
{
    /// <summary>The scheduler of a search.</summary>
    /// <param name="search">The search; its scheduler and the direction of its objective are used.</param>
    public static ITrialScheduler For(SearchSpec search) =>
        search.Asha is null ? new RunToEnd() : new AshaScheduler(search.Asha, search.Objective.Maximize);
}
