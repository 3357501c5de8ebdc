namespace Granary.Specs;

/// <summary>
/// Asynchronous successive halving (Li et al., "A System for Massively Parallel Hyperparameter Tuning", MLSys 2020):
/// at each rung only the best 1/<paramref name="Reduction"/> of the trials seen there go on.
/// </summary>
/// <param name="MaxEpochs">The top rung: epochs of a trial that is never stopped.</param>
/// <param name="Reduction">The reduction factor, 2 to 16.</param>
/// <param name="MinEpochs">The first rung, 1 to <paramref name="MaxEpochs"/>.</param>
public sealed record AshaSpec(int MaxEpochs, int Reduction, int MinEpochs);
