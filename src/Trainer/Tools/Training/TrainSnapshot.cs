namespace Granary.Trainer.Tools.Training;

/// <summary>A run within an epoch.</summary>
/// <param name="Epoch">The running epoch, from 1.</param>
/// <param name="Epochs">Epochs of the whole run.</param>
/// <param name="Batch">Batches done of the epoch.</param>
/// <param name="Batches">Batches of an epoch.</param>
/// <param name="Loss">Mean training loss of the epoch's batches seen.</param>
/// <param name="Accuracy">Their mean training accuracy.</param>
/// <param name="ExamplesPerSecond">Their speed.</param>
/// <param name="Left">Until the run's end; null before two steps are seen.</param>
internal sealed record TrainSnapshot(
    int Epoch, int Epochs, long Batch, long Batches, double Loss, double Accuracy, double ExamplesPerSecond, TimeSpan? Left);
