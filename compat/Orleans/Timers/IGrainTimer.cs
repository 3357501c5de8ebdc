namespace Orleans.Runtime;

/// <summary>A timer of a grain. Disposing of it stops it; it stops with its activation.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Sets new times, counted from now.</summary>
    /// <param name="dueTime">The time to the next tick; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <param name="period">The time between ticks; <see cref="Timeout.InfiniteTimeSpan"/> for a single one.</param>
    void Change(TimeSpan dueTime, TimeSpan period);
}
