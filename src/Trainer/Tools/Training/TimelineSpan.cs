namespace Granary.Trainer.Tools.Training;

/// <summary>Something that a rank did.</summary>
/// <param name="Name">What.</param>
/// <param name="From">When it began, as a timestamp of the machine's clock.</param>
/// <param name="To">When it ended.</param>
/// <param name="Step">The step, from 1.</param>
internal readonly record struct TimelineSpan(string Name, long From, long To, long Step);
