using System.Security.Cryptography;
using Granary.Trainer.Checkpoints;

namespace Granary.Trainer.Runs;

/// <summary>A run's own checkpoints on disk: writes them, and removes old ones but for the last two and the best.</summary>
/// <param name="folder">Where they are.</param>
internal sealed class CheckpointShelf(string folder)
{
    private const int Kept = 2;

    private readonly List<CheckpointFiles> _written = [];
    private CheckpointFiles? _best;

    /// <summary>The newest one; null before the first.</summary>
    public CheckpointFiles? Newest => _written.LastOrDefault();

    /// <summary>
    /// Takes in what an earlier process of the same run left in the folder, so that it is counted and removed like this one's own.
    /// </summary>
    /// <param name="bestEpoch">Epochs completed at the best one so far; null before the first.</param>
    public void Adopt(int? bestEpoch)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (string manifestPath in Directory.GetFiles(folder, "step-*.json").Order(StringComparer.Ordinal))
        {
            byte[] json = File.ReadAllBytes(manifestPath);
            Manifest manifest = Manifest.FromJson(json);
            string weightsPath = Path.ChangeExtension(manifestPath, ".safetensors");
            var files = new CheckpointFiles(
                weightsPath,
                manifest.WeightsSha256,
                manifestPath,
                Convert.ToHexStringLower(SHA256.HashData(json)),
                manifest.WeightsBytes + json.Length,
                manifest.Epoch,
                manifest.Step);
            _written.Add(files);
            if (manifest.Epoch == bestEpoch && manifest.Batch == 0)
                _best = files;
        }
    }

    /// <summary>Writes a checkpoint.</summary>
    /// <param name="state">What.</param>
    /// <param name="isBest">No earlier epoch was better.</param>
    public CheckpointFiles Write(CheckpointState state, bool isBest)
    {
        CheckpointFiles files = CheckpointWriter.Write(folder, state);
        _written.RemoveAll(known => known.WeightsPath == files.WeightsPath);
        _written.Add(files);
        if (isBest)
            _best = files;
        foreach (CheckpointFiles old in _written.SkipLast(Kept).Where(old => old != _best).ToArray())
        {
            File.Delete(old.ManifestPath);
            File.Delete(old.WeightsPath);
            _written.Remove(old);
        }

        return files;
    }
}
