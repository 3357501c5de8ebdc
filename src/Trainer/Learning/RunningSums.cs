namespace Granary.Trainer.Learning;

/// <summary>Sums over the training examples of the running epoch; part of a checkpoint.</summary>
/// <param name="Loss">Sum of the losses.</param>
/// <param name="Correct">Examples classified rightly.</param>
/// <param name="Examples">Examples.</param>
/// <param name="Seconds">Wall time of the training steps.</param>
internal readonly record struct RunningSums(double Loss, double Correct, double Examples, double Seconds);
