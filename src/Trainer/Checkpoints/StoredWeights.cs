namespace Granary.Trainer.Checkpoints;

/// <summary>A network's tensors and where they were found.</summary>
/// <param name="Path">The file that holds them.</param>
/// <param name="Model">The network's name; null when the file does not say.</param>
/// <param name="Step">The run's steps when they were stored; null for a file that is no checkpoint.</param>
/// <param name="Tensors">By name.</param>
internal sealed record StoredWeights(string Path, string? Model, long? Step, IReadOnlyDictionary<string, TensorData> Tensors)
{
    /// <summary>
    /// Reads what a user names: a checkpoint's manifest, whose weights are verified against its hash, or a file of weights as
    /// <see cref="WeightFile"/> reads it.
    /// </summary>
    /// <param name="path">What the user named.</param>
    /// <param name="wanted">Which tensors.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="InvalidDataException">It is damaged or of another kind: the message says where and what was expected.</exception>
    /// <exception cref="FileNotFoundException">There is no such file, or the manifest lacks its weights.</exception>
    public static StoredWeights Read(string path, WeightSet wanted, CancellationToken cancellation)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: no such file or folder.", path);
        if (System.IO.Path.GetExtension(path) != ".json")
            return new StoredWeights(path, Model: null, Step: null, WeightFile.Read(path, wanted, cancellation));
        string weights = CheckpointWriter.WeightsOf(path);
        if (!File.Exists(weights))
            throw new FileNotFoundException($"{weights}: missing, and {path} describes it.", weights);
        CheckpointState state = CheckpointReader.Read(weights, path);
        return new StoredWeights(
            weights, state.Run.Model.Name, state.Position.Step, TensorNames.Select(state.Tensors, wanted, weights));
    }
}
