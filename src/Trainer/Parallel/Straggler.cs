namespace Granary.Trainer.Parallel;

/// <summary>The rank that the others waited for most.</summary>
/// <param name="Rank">The rank.</param>
/// <param name="Share">The share of the other ranks' time that they waited for it, 0 to 1.</param>
internal readonly record struct Straggler(int Rank, double Share);
