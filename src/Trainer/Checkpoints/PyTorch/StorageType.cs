namespace Granary.Trainer.Checkpoints.PyTorch;

/// <summary>The element type of a torch storage.</summary>
/// <param name="Name">In safetensors' notation.</param>
/// <param name="Bytes">Size of an element.</param>
internal sealed record StorageType(string Name, int Bytes);
