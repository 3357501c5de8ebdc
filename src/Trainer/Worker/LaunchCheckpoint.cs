namespace Granary.Trainer.Worker;

/// <summary>A stored checkpoint that a worker goes on from.</summary>
/// <param name="Weights">SHA-256 of the safetensors file, lower-case hex.</param>
/// <param name="Manifest">SHA-256 of its manifest, lower-case hex.</param>
internal sealed record LaunchCheckpoint(string Weights, string Manifest);
