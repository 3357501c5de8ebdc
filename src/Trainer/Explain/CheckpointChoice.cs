using Granary.Specs;
using Granary.Trainer.Checkpoints;

namespace Granary.Trainer.Explain;

/// <summary>Finds the checkpoint that a path means.</summary>
internal static class CheckpointChoice
{
    private const string ManifestSuffix = ".json";
    private const string WeightsSuffix = ".safetensors";

    /// <summary>The two files of a checkpoint.</summary>
    /// <param name="path">
    /// A manifest, a safetensors file with its manifest beside it, or a folder of checkpoints (a run's folder, whose checkpoints are in
    /// <c>checkpoints</c>, too).
    /// </param>
    /// <param name="last">
    /// Of a folder: true the newest; false the best by the run's objective, the earlier one of two that are as good.
    /// </param>
    /// <exception cref="ExplainException">There is none: the message says what was looked for.</exception>
    public static (string WeightsPath, string ManifestPath) Find(string path, bool last)
    {
        if (Directory.Exists(path))
            return FindIn(path, last);
        if (!File.Exists(path))
            throw new ExplainException($"{path}: there is no such file or folder; expected a checkpoint or a folder of checkpoints.");
        string manifest = Path.ChangeExtension(path, ManifestSuffix);
        string weights = Path.ChangeExtension(path, WeightsSuffix);
        if (Path.GetExtension(path) is not (ManifestSuffix or WeightsSuffix))
            throw new ExplainException($"{path}: expected a manifest ({ManifestSuffix}), weights ({WeightsSuffix}), or a folder of both.");
        if (File.Exists(manifest) && File.Exists(weights))
            return (weights, manifest);
        throw new ExplainException(
            $"{path}: {Path.GetFileName(File.Exists(manifest) ? weights : manifest)} is missing beside it; a checkpoint is both files.");
    }

    private static (string WeightsPath, string ManifestPath) FindIn(string folder, bool last)
    {
        string inner = Path.Combine(folder, "checkpoints");
        string[] manifests = [.. Manifests(folder), .. Directory.Exists(inner) ? Manifests(inner) : []];
        if (manifests.Length == 0)
            throw new ExplainException($"{folder}: no checkpoint there; expected step-N{ManifestSuffix} and step-N{WeightsSuffix}.");
        (string Path, Manifest Manifest)[] read = [.. manifests.Select(manifest => (manifest, CheckpointReader.ReadManifest(manifest)))];
        string chosen = last ? read.MaxBy(one => one.Manifest.Step).Path : Best(read);
        return (Path.ChangeExtension(chosen, WeightsSuffix), chosen);
    }

    private static IEnumerable<string> Manifests(string folder) =>
        Directory.GetFiles(folder, "step-*" + ManifestSuffix)
            .Where(manifest => File.Exists(Path.ChangeExtension(manifest, WeightsSuffix)))
            .Order(StringComparer.Ordinal);

    // One taken within an epoch was not validated, so it is the best only where no other is.
    private static string Best((string Path, Manifest Manifest)[] read)
    {
        ObjectiveSpec objective = CheckpointReader.ReadRun(read[0].Manifest, read[0].Path).Objective;
        return read
            .OrderBy(one => one.Manifest.Batch > 0 || one.Manifest.History.Count == 0)
            .ThenByDescending(one => Value(one.Manifest, objective))
            .ThenBy(one => one.Manifest.Step)
            .First().Path;
    }

    private static double Value(Manifest manifest, ObjectiveSpec objective)
    {
        double value = manifest.History is [.., { } last] ? last.Metrics.GetValueOrDefault(objective.Metric, double.NaN) : double.NaN;
        return objective.Maximize ? value : -value;
    }
}
