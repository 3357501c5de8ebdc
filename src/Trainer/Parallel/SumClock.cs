namespace Granary.Trainer.Parallel;

/// <summary>
/// Times the sums of a step. They are carried out one after the other, so a sum runs from when it was asked for, or from the end of the
/// one before it if that is later.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class SumClock(TimeProvider time)
{
    private readonly List<Entry> _entries = [];

    /// <summary>A step begins, and none of the last one's sums is under way.</summary>
    public void Begin() => _entries.Clear();

    /// <summary>Watches a sum that was asked for just now.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="bytes">Bytes of its tensor.</param>
    /// <returns>Ends as the sum does.</returns>
    public async Task WatchAsync(Task sum, long bytes)
    {
        var entry = new Entry(bytes, time.GetTimestamp());
        _entries.Add(entry);
        await sum.ConfigureAwait(false);
        entry.Ended = time.GetTimestamp();
    }

    /// <summary>What the step's sums took; all have ended.</summary>
    /// <param name="backwardEnded">When backward had ended, as the clock's timestamp.</param>
    public SumTimes Read(long backwardEnded)
    {
        var (busy, covered, free, bytes) = (0.0, 0.0, long.MinValue, 0L);
        foreach (var entry in _entries)
        {
            var start = Math.Max(entry.Asked, free);
            busy += Seconds(start, entry.Ended);
            covered += Seconds(start, Math.Min(entry.Ended, backwardEnded));
            bytes += entry.Bytes;
            free = entry.Ended;
        }

        return new SumTimes(bytes, busy, busy > 0 ? covered / busy : 0);
    }

    private double Seconds(long from, long to) => to > from ? time.GetElapsedTime(from, to).TotalSeconds : 0;

    private sealed record Entry(long Bytes, long Asked)
    {
        public long Ended { get; set; } = Asked;
    }
}
