namespace Granary.Trainer.Learning;

/// <summary>What a pass over the whole validation set gave.</summary>
/// <param name="Loss">Mean loss.</param>
/// <param name="Accuracy">Share classified rightly, in [0, 1].</param>
/// <param name="Seconds">Wall time of the pass.</param>
internal readonly record struct Validation(double Loss, double Accuracy, double Seconds);
