namespace Granary.Trainer.Parallel;

/// <summary>Where a rank's time went, in seconds.</summary>
/// <param name="Load">Waiting for pictures.</param>
/// <param name="Forward">Network and loss.</param>
/// <param name="Backward">Gradients.</param>
/// <param name="Reduce">Sums that backward did not cover, as long as they took the rank that came last.</param>
/// <param name="Wait">Waiting for ranks that came later.</param>
internal readonly record struct RankTime(double Load, double Forward, double Backward, double Reduce, double Wait)
{
    /// <summary>All of it.</summary>
    public double Total => Load + Forward + Backward + Reduce + Wait;

    /// <summary>Both together.</summary>
    public static RankTime operator +(RankTime one, RankTime other) => new(
        one.Load + other.Load,
        one.Forward + other.Forward,
        one.Backward + other.Backward,
        one.Reduce + other.Reduce,
        one.Wait + other.Wait);

    /// <summary>So many steps' share of it.</summary>
    public static RankTime operator /(RankTime time, double steps) => new(
        time.Load / steps, time.Forward / steps, time.Backward / steps, time.Reduce / steps, time.Wait / steps);
}
