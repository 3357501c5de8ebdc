namespace Granary.Trainer.Explain;

/// <summary>How probable a network finds a class.</summary>
/// <param name="Class">The class, from 0.</param>
/// <param name="Name">Its name.</param>
/// <param name="Probability">In [0, 1].</param>
internal sealed record ClassProbability(int Class, string Name, double Probability);
