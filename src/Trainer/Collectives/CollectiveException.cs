namespace Granary.Trainer.Collectives;

/// <summary>The ranks cannot go on together: the message names the rank and its endpoint, what happened, and what to do.</summary>
internal sealed class CollectiveException(string message, Exception? inner = null) : Exception(message, inner);
