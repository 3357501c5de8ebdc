namespace Granary.Trainer.Tests.Worker;

/// <summary>An epoch of a run, and the weights that it ended with.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="TrainLoss">Mean loss of its steps.</param>
/// <param name="ValidLoss">Mean loss of its validation.</param>
/// <param name="Weights">Hash of its checkpoint's weights.</param>
internal sealed record CurvePoint(int Epoch, double TrainLoss, double ValidLoss, string Weights);
