namespace Granary.Trainer.Checkpoints.PyTorch;

/// <summary>A pickle is damaged, or holds more than tensors. Whoever knows the file and the place adds them.</summary>
/// <param name="message">What is wrong, what was expected.</param>
internal sealed class PickleFormatException(string message) : Exception(message);
