namespace Granary.Trainer.Link;

/// <summary>
/// Waits that double up to a limit, each shortened by a random part of up to a half, so that many clients do not come back at once.
/// </summary>
/// <param name="first">The first wait, before the random part.</param>
/// <param name="limit">The longest wait.</param>
/// <param name="seed">Draws the random parts.</param>
internal sealed class Backoff(TimeSpan first, TimeSpan limit, int seed)
{
    private readonly Random _random = new(seed);
    private int _doublings;

    /// <summary>The next wait.</summary>
    public TimeSpan Next()
    {
        var wait = first * Math.Pow(2, _doublings);
        if (wait < limit) _doublings++;
        else wait = limit;
        return wait * (1 - _random.NextDouble() / 2);
    }

    /// <summary>Begins again with the first wait: the other side answered.</summary>
    public void Reset() => _doublings = 0;
}
