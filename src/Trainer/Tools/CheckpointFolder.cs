using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Runs;

namespace Granary.Trainer.Tools;

/// <summary>Finds checkpoints in a run's folder, or in its <c>checkpoints</c>.</summary>
internal static class CheckpointFolder
{
    /// <summary>The newest checkpoint's manifest.</summary>
    /// <param name="folder">Where.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static string Newest(string folder) => Manifests(folder)[^1];

    /// <summary>The manifest of the best epoch, by the run's own objective, among those that are kept.</summary>
    /// <param name="folder">Where.</param>
    /// <exception cref="FileNotFoundException">There is none that was taken at the end of an epoch.</exception>
    /// <exception cref="InvalidDataException">A manifest is damaged.</exception>
    public static string Best(string folder)
    {
        string[] manifests = Manifests(folder);
        Manifest newest = CheckpointReader.ReadManifest(manifests[^1]);
        ObjectiveSpec objective = RunSpecJson.Read(newest.Run.GetRawText()).Objective;
        var byEpoch = new Dictionary<int, string>();
        foreach (string path in manifests)
        {
            Manifest manifest = CheckpointReader.ReadManifest(path);
            if (manifest.Batch == 0)
                byEpoch[manifest.Epoch] = path;
        }

        return new EpochHistory(objective, newest.History).Best(int.MaxValue).Where(byEpoch.ContainsKey).Select(epoch => byEpoch[epoch])
                .FirstOrDefault()
            ?? throw new FileNotFoundException($"{folder}: no checkpoint of a completed epoch in it.", folder);
    }

    private static string[] Manifests(string folder)
    {
        string[] found =
        [
            .. new[] { folder, Path.Combine(folder, "checkpoints") }
                .Where(Directory.Exists)
                .SelectMany(candidate => Directory.GetFiles(candidate, CheckpointWriter.ManifestPattern).Order(StringComparer.Ordinal)),
        ];
        return found.Length > 0
            ? found
            : throw new FileNotFoundException($"{folder}: no checkpoint in it: no step-N.json, and none below checkpoints/.", folder);
    }
}
