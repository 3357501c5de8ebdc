namespace Granary.Trainer.Checkpoints;

/// <summary>How a checkpoint tells the network's tensors from the others: these have names with a prefix.</summary>
internal static class TensorNames
{
    /// <summary>Before the optimizer's tensors.</summary>
    public const string Optimizer = "optimizer.";

    /// <summary>Before the moving average of a network's tensor, followed by the tensor's own name.</summary>
    public const string Average = "ema.";

    /// <summary>Takes the wanted tensors out of a file's.</summary>
    /// <param name="tensors">All of them.</param>
    /// <param name="wanted">Which.</param>
    /// <param name="path">The file, for messages.</param>
    /// <returns>Under the network's own names, except for <see cref="WeightSet.Everything"/>.</returns>
    /// <exception cref="InvalidDataException">The file has none of them.</exception>
    public static IReadOnlyDictionary<string, TensorData> Select(
        IReadOnlyDictionary<string, TensorData> tensors, WeightSet wanted, string path)
    {
        if (wanted == WeightSet.Everything)
            return tensors;
        var network = tensors.Where(tensor => !Has(tensor.Key, Optimizer) && !Has(tensor.Key, Average)).ToDictionary();
        if (network.Count == 0)
            throw new InvalidDataException($"{path}: has no tensors of a network.");
        if (wanted == WeightSet.Trained)
            return network;
        int averages = 0;
        foreach (string name in network.Keys.ToArray())
        {
            if (!tensors.TryGetValue(Average + name, out TensorData? average))
                continue;
            network[name] = average;
            averages++;
        }

        return averages > 0 || wanted == WeightSet.Preferred
            ? network
            : throw new InvalidDataException($"{path}: has no moving averages of the weights: the run was not told to keep them.");
    }

    private static bool Has(string name, string prefix) => name.StartsWith(prefix, StringComparison.Ordinal);
}
