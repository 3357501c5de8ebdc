namespace Granary.Trainer.Link;

/// <summary>The silo knows a newer attempt of this trial: whatever this worker still does is refused, so it must end at once.</summary>
internal sealed class StaleAttemptException(string message, Exception? inner = null) : Exception(message, inner);
