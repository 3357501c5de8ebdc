namespace Granary;

/// <summary>A stored checkpoint.</summary>
/// <param name="Weights">SHA-256 of the safetensors file, lower-case hex.</param>
/// <param name="Manifest">SHA-256 of the JSON manifest, lower-case hex.</param>
/// <param name="Bytes">Size of both.</param>
/// <param name="Epoch">Epochs completed when it was taken.</param>
/// <param name="Step">Optimizer steps completed when it was taken, over the whole run.</param>
[GenerateSerializer, Immutable, Alias("granary.CheckpointRef")]
public sealed record CheckpointRef(
    [property: Id(0)] string Weights,
    [property: Id(1)] string Manifest,
    [property: Id(2)] long Bytes,
    [property: Id(3)] int Epoch,
    [property: Id(4)] long Step);
