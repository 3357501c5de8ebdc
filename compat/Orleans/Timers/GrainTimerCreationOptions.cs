using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>When a grain timer ticks, and how its callback takes its turn.</summary>
public readonly struct GrainTimerCreationOptions
{
    /// <summary>No times yet: both are to be set.</summary>
    public GrainTimerCreationOptions()
    {
    }

    /// <summary>A timer that does not interleave and does not keep its activation.</summary>
    /// <param name="dueTime">The time to the first tick.</param>
    /// <param name="period">The time between ticks.</param>
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>The time to the first tick; <see cref="Timeout.InfiniteTimeSpan"/> for none.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>The time from the end of one callback to the next tick; <see cref="Timeout.InfiniteTimeSpan"/> for a single tick.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Whether callbacks run between the turns of requests under way; otherwise they wait their turn as calls do.</summary>
    public bool Interleave { get; init; }

    /// <summary>Whether ticks count as use of the activation, so that it is not collected as idle.</summary>
    public bool KeepAlive { get; init; }
}
