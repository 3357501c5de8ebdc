using System.Security.Cryptography;
using Granary.Trainer.Checkpoints;

namespace Granary.Trainer.Runs;

/// <summary>A run's own checkpoints on disk: writes them, and removes old ones but for the last two and those of the best epochs.</summary>
/// <param name="folder">Where they are.</param>
/// <param name="best">Checkpoints of best epochs that are kept, at least 1.</param>
internal sealed class CheckpointShelf(string folder, int best)
{
    // The observer may still be reading the one before the last.
    private const int Last = 2;

    private readonly List<Entry> _entries = [];

    /// <summary>The newest one; null before the first.</summary>
    public CheckpointFiles? Newest => _entries.LastOrDefault()?.Files;

    /// <summary>
    /// Takes in what an earlier process of the same run left in the folder, up to where this one goes on, so that it is counted and removed
    /// like this one's own.
    /// </summary>
    /// <param name="resume">Where it goes on.</param>
    public void Adopt(CheckpointState resume)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (string manifestPath in Directory.GetFiles(folder, CheckpointWriter.ManifestPattern).Order(StringComparer.Ordinal))
        {
            byte[] json = File.ReadAllBytes(manifestPath);
            Manifest manifest = Manifest.FromJson(json);
            if (manifest.Step > resume.Position.Step)
                continue;
            var files = new CheckpointFiles(
                CheckpointWriter.WeightsOf(manifestPath),
                manifest.WeightsSha256,
                manifestPath,
                Convert.ToHexStringLower(SHA256.HashData(json)),
                manifest.WeightsBytes + json.Length,
                manifest.Epoch,
                manifest.Step);
            _entries.Add(new Entry(files, EpochOf(manifest.Epoch, manifest.Batch)));
        }
    }

    /// <summary>Writes a checkpoint.</summary>
    /// <param name="state">What.</param>
    /// <param name="history">The run's epochs, those of <paramref name="state"/>.</param>
    public CheckpointFiles Write(CheckpointState state, EpochHistory history)
    {
        CheckpointFiles files = CheckpointWriter.Write(folder, state);
        _entries.RemoveAll(known => known.Files.ManifestPath == files.ManifestPath);
        _entries.Add(new Entry(files, EpochOf(state.Position.Epoch, state.Position.Batch)));
        IReadOnlyList<int> kept = history.Best(best);
        foreach (Entry old in _entries.SkipLast(Last).Where(old => old.Epoch is not int epoch || !kept.Contains(epoch)).ToArray())
        {
            // What has a manifest is whole, so the manifest goes first.
            File.Delete(old.Files.ManifestPath);
            File.Delete(old.Files.WeightsPath);
            _entries.Remove(old);
        }

        return files;
    }

    // Only a checkpoint between two epochs shows what an epoch's validation measured.
    private static int? EpochOf(int epoch, int batch) => batch == 0 && epoch > 0 ? epoch : null;

    private sealed record Entry(CheckpointFiles Files, int? Epoch);
}
