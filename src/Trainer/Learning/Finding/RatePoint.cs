namespace Granary.Trainer.Learning.Finding;

/// <summary>One step of the learning-rate finder.</summary>
/// <param name="Rate">The step's learning rate.</param>
/// <param name="Loss">Mean loss of the step's examples, before the step.</param>
/// <param name="Smoothed">Exponential moving average of the losses so far, bias corrected.</param>
internal readonly record struct RatePoint(double Rate, double Loss, double Smoothed);
