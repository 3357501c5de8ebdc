namespace Granary.Trainer.Learning;

/// <summary>A place between two steps of a run.</summary>
/// <param name="Epoch">Epochs completed, validation included.</param>
/// <param name="Batch">Batches completed of the running epoch.</param>
/// <param name="Step">Steps completed over the whole run.</param>
internal readonly record struct Position(int Epoch, int Batch, long Step);
