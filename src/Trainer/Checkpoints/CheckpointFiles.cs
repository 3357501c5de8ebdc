namespace Granary.Trainer.Checkpoints;

/// <summary>A written checkpoint: a safetensors file and the JSON manifest that belongs to it.</summary>
/// <param name="WeightsPath">The safetensors file.</param>
/// <param name="WeightsHash">SHA-256 of its bytes, lower-case hex.</param>
/// <param name="ManifestPath">The manifest.</param>
/// <param name="ManifestHash">SHA-256 of its bytes, lower-case hex.</param>
/// <param name="Bytes">Size of both files together.</param>
/// <param name="Epoch">Epochs completed when it was taken.</param>
/// <param name="Step">Optimizer steps completed when it was taken, over the whole run.</param>
internal sealed record CheckpointFiles(
    string WeightsPath, string WeightsHash, string ManifestPath, string ManifestHash, long Bytes, int Epoch, long Step);
