namespace Granary.Trainer.Parallel;

/// <summary>What the gradient sums of a step took on this rank.</summary>
/// <param name="Bytes">Bytes of the tensors that were summed.</param>
/// <param name="Seconds">Time in which a sum was under way, waiting for slower ranks with it.</param>
/// <param name="Overlap">The share of that time in which backward ran beside it, 0 to 1.</param>
internal sealed record SumTimes(long Bytes, double Seconds, double Overlap);
