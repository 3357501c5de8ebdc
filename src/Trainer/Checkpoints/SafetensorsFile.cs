namespace Granary.Trainer.Checkpoints;

/// <summary>The content of a safetensors file.</summary>
/// <param name="Metadata">Its <c>__metadata__</c>: text by name.</param>
/// <param name="Tensors">Its tensors by name.</param>
internal sealed record SafetensorsFile(IReadOnlyDictionary<string, string> Metadata, IReadOnlyDictionary<string, TensorData> Tensors);
