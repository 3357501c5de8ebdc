namespace Granary.Trainer.Checkpoints;

/// <summary>The running epoch's sums in a manifest.</summary>
/// <param name="Loss">Sum of the losses.</param>
/// <param name="Correct">Examples classified rightly.</param>
/// <param name="Examples">Examples.</param>
/// <param name="Seconds">Wall time of the training steps.</param>
internal sealed record ManifestSums(double Loss, double Correct, double Examples, double Seconds);
