namespace Granary.Trainer.Checkpoints;

/// <summary>A tensor outside torch.</summary>
/// <param name="Type">Element type in safetensors' notation: <c>F32</c>, <c>I64</c>, ...</param>
/// <param name="Shape">Sizes of its dimensions; empty for a scalar.</param>
/// <param name="Data">Its elements, little-endian, in row-major order.</param>
internal sealed record TensorData(string Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data);
