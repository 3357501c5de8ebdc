namespace Granary.Trainer.Explain;

/// <summary>What was asked for cannot be shown: the message says why, and what could be.</summary>
/// <param name="message">One sentence for the user.</param>
internal sealed class ExplainException(string message) : Exception(message);
