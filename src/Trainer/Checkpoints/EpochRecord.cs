namespace Granary.Trainer.Checkpoints;

/// <summary>What an epoch measured.</summary>
/// <param name="Epoch">Epochs completed: 1 for the first.</param>
/// <param name="Metrics">By metric name.</param>
internal sealed record EpochRecord(int Epoch, IReadOnlyDictionary<string, double> Metrics);
