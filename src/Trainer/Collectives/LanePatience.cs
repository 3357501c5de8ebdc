namespace Granary.Trainer.Collectives;

/// <summary>One wait on shared memory: first a few turns in place, then sleep, in slices, so that a broken ring ends it.</summary>
internal ref struct LanePatience(LaneWait wait, RingHealth health)
{
    // A neighbour that is at work answers within microseconds; more turns would take the core from it where ranks outnumber cores.
    private const int Turns = 60;

    // Only how late a broken ring is noticed depends on it: chunks wake the sleeper at once.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(20);

    private int _turns;
    private long _start;

    /// <summary>Waits a little for the word to change.</summary>
    /// <param name="word">Changed by the other rank.</param>
    /// <param name="value">What it was.</param>
    /// <param name="waits">Tells the other rank to wake this one.</param>
    /// <returns>False when the patience is over.</returns>
    public bool Sleep(ref uint word, uint value, ref uint waits)
    {
        if (_turns++ < Turns)
        {
            Thread.SpinWait(10);
            return true;
        }

        health.ThrowIfBroken();
        wait.Token.ThrowIfCancellationRequested();
        if (_start == 0) _start = Environment.TickCount64;
        if (wait.Patience != Timeout.InfiniteTimeSpan && Environment.TickCount64 - _start > wait.Patience.TotalMilliseconds) return false;
        Volatile.Write(ref waits, 1);
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref word) == value) Futex.Wait(ref word, value, Slice);
        Volatile.Write(ref waits, 0);
        return true;
    }
}
