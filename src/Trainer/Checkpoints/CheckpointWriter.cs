using System.Security.Cryptography;
using System.Text.Json;
using Granary.Specs;

namespace Granary.Trainer.Checkpoints;

/// <summary>Writes checkpoints: each file under a temporary name, flushed to disk, then renamed, the manifest last.</summary>
internal static class CheckpointWriter
{
    /// <summary>Matches the manifests that <see cref="Write"/> writes; by ordinal order of their names they are in the run's order.</summary>
    public const string ManifestPattern = "step-*.json";

    private const string WeightsExtension = ".safetensors";

    /// <summary>The safetensors file that belongs to a manifest.</summary>
    /// <param name="manifestPath">The manifest.</param>
    public static string WeightsOf(string manifestPath) => Path.ChangeExtension(manifestPath, WeightsExtension);

    /// <summary>Writes a checkpoint as <c>step-N.safetensors</c> and <c>step-N.json</c>.</summary>
    /// <param name="folder">Where to; made when missing.</param>
    /// <param name="state">What.</param>
    public static CheckpointFiles Write(string folder, CheckpointState state)
    {
        Directory.CreateDirectory(folder);
        string name = FormattableString.Invariant($"step-{state.Position.Step:d9}");
        var metadata = new Dictionary<string, string> { ["format"] = "pt", ["model"] = state.Run.Model.Name! };
        string weightsPath = Path.Combine(folder, name + WeightsExtension);
        (string weightsHash, long weightsBytes) = WriteAtomically(
            weightsPath, stream => SafetensorsWriter.Write(stream, new SafetensorsFile(metadata, state.Tensors)));
        string manifestPath = Path.Combine(folder, name + ".json");
        byte[] manifest = Describe(state, weightsHash, weightsBytes).ToJson();
        (string manifestHash, long manifestBytes) = WriteAtomically(manifestPath, stream => stream.Write(manifest));
        return new CheckpointFiles(
            weightsPath, weightsHash, manifestPath, manifestHash, weightsBytes + manifestBytes, state.Position.Epoch, state.Position.Step);
    }

    private static Manifest Describe(CheckpointState state, string weightsHash, long weightsBytes)
    {
        using JsonDocument run = JsonDocument.Parse(RunSpecJson.Write(state.Run));
        return new Manifest
        {
            FormatVersion = Manifest.CurrentVersion,
            Run = run.RootElement.Clone(),
            Model = state.Run.Model.Name!,
            Epoch = state.Position.Epoch,
            Batch = state.Position.Batch,
            Step = state.Position.Step,
            Sums = new ManifestSums(state.Sums.Loss, state.Sums.Correct, state.Sums.Examples, state.Sums.Seconds),
            History = state.History,
            WeightsSha256 = weightsHash,
            WeightsBytes = weightsBytes,
        };
    }

    private static (string Hash, long Bytes) WriteAtomically(string path, Action<Stream> write)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AtomicFile.Write(path, file => write(new HashingStream(file, sha)), overwrite: true);
        return (Convert.ToHexStringLower(sha.GetHashAndReset()), new FileInfo(path).Length);
    }
}
