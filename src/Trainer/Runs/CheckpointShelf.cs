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
