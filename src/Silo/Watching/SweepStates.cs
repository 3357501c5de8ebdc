using Granary.Sweeps;

namespace Granary.Silo.Watching;

/// <summary>What a sweep's state means for those who look at it.</summary>
internal static class SweepStates
{
    /// <summary>Nothing will change any more.</summary>
    public static bool IsTerminal(this SweepState state) => state is SweepState.Succeeded or SweepState.Stopped or SweepState.Failed;
}
