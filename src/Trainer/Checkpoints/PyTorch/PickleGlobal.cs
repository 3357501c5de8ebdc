namespace Granary.Trainer.Checkpoints.PyTorch;

/// <summary>A Python class or function that a pickle may name, and what stands for it here.</summary>
/// <param name="Name">Its full name in Python.</param>
/// <param name="Call">What calling it makes here of the arguments; null when it is only named.</param>
/// <param name="Storage">The element type when it is a storage class.</param>
internal sealed record PickleGlobal(string Name, Func<object?[], object?>? Call = null, StorageType? Storage = null);
