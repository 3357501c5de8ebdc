namespace Granary.Trainer.Explain;

/// <summary>A picture that was classified wrongly.</summary>
/// <param name="Index">Its place in the set, from 0.</param>
/// <param name="True">Its class.</param>
/// <param name="Predicted">The class it was taken for.</param>
/// <param name="Probability">Of the predicted class.</param>
/// <param name="TrueProbability">Of its own class.</param>
/// <param name="Loss">Cross-entropy: -ln of <paramref name="TrueProbability"/>.</param>
internal sealed record WrongExample(int Index, int True, int Predicted, double Probability, double TrueProbability, double Loss);
