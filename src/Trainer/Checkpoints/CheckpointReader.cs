using System.Security.Cryptography;
using System.Text.Json;
using Granary.Specs;
using Granary.Trainer.Learning;

namespace Granary.Trainer.Checkpoints;

/// <summary>Reads checkpoints and verifies that the files belong together.</summary>
internal static class CheckpointReader
{
    /// <summary>Reads a checkpoint.</summary>
    /// <param name="weightsPath">The safetensors file.</param>
    /// <param name="manifestPath">Its manifest.</param>
    /// <exception cref="InvalidDataException">
    /// A file is damaged, or they do not belong together: the message says which and how.
    /// </exception>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    public static CheckpointState Read(string weightsPath, string manifestPath)
    {
        Manifest manifest = ReadManifest(manifestPath);
        byte[] weights = File.ReadAllBytes(weightsPath);
        string hash = Convert.ToHexStringLower(SHA256.HashData(weights));
        if (hash != manifest.WeightsSha256)
        {
            throw new InvalidDataException(
                $"{weightsPath}: SHA-256 is {hash} over {weights.LongLength} bytes, expected {manifest.WeightsSha256} over "
                + $"{manifest.WeightsBytes} as {manifestPath} says: the file is damaged or belongs to another checkpoint.");
        }

        return new CheckpointState
        {
            Run = ReadRun(manifest, manifestPath),
            Position = new Position(manifest.Epoch, manifest.Batch, manifest.Step),
            Sums = new RunningSums(manifest.Sums.Loss, manifest.Sums.Correct, manifest.Sums.Examples, manifest.Sums.Seconds),
            History = manifest.History,
            Tensors = SafetensorsReader.Read(weights, weightsPath).Tensors,
        };
    }

    /// <summary>Reads a manifest alone.</summary>
    /// <param name="path">The manifest.</param>
    /// <exception cref="InvalidDataException">It is damaged, or a newer Granary wrote it.</exception>
    public static Manifest ReadManifest(string path)
    {
        Manifest manifest;
        try
        {
            manifest = Manifest.FromJson(File.ReadAllBytes(path));
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: not a checkpoint's manifest: {error.Message}", error);
        }

        return manifest.FormatVersion is > 0 and <= Manifest.CurrentVersion
            ? manifest
            : throw new InvalidDataException(
                $"{path}: format version {manifest.FormatVersion}, expected 1 to {Manifest.CurrentVersion}: a newer Granary wrote it.");
    }

    /// <summary>The run in a manifest.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="path">Where it was read, for messages.</param>
    /// <exception cref="InvalidDataException">The run is damaged.</exception>
    public static RunSpec ReadRun(Manifest manifest, string path)
    {
        try
        {
            return RunSpecJson.Read(manifest.Run.GetRawText());
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: its run is damaged: {error.Message}", error);
        }
    }
}
