using Granary.Trainer.Checkpoints;
using Granary.Trainer.Models;
using static TorchSharp.torch;

namespace Granary.Trainer.Building;

/// <summary>Says how a file's tensors and a network's differ, and which setting makes them fit.</summary>
internal static class WeightMismatch
{
    private const int Named = 3;

    // Counts the batches that a batch normalisation has seen; files from before PyTorch 0.4.1 lack it, and nothing here reads it.
    private const string Counter = ".num_batches_tracked";

    /// <summary>What does not fit, in words; null when all does.</summary>
    /// <param name="network">The network.</param>
    /// <param name="wanted">Its tensors by name, without those that the file need not have.</param>
    /// <param name="given">The file's.</param>
    public static string? Find(Network network, Dictionary<string, Tensor> wanted, Dictionary<string, TensorData> given)
    {
        string[] missing = [.. wanted.Keys.Where(name => !given.ContainsKey(name) && !IsCounter(name))];
        string[] unexpected = [.. given.Keys.Where(name => !wanted.ContainsKey(name) && !IsCounter(name))];
        string[] shapes = [.. wanted.Keys.Where(name => given.TryGetValue(name, out TensorData? data) && !data.Shape.SequenceEqual(wanted[name].shape))];
        if (missing.Length + unexpected.Length + shapes.Length == 0)
            return null;
        List<string> parts = [];
        if (missing.Length > 0)
            parts.Add($"missing {Few(missing)}");
        if (unexpected.Length > 0)
            parts.Add($"unexpected {Few(unexpected)}");
        if (shapes.Length > 0)
            parts.Add($"of another shape {Few([.. shapes.Select(Shapes)])}");
        return $"{string.Join("; ", parts)}. {Remedy()}";

        string Shapes(string name) => $"{name} ({string.Join('x', given[name].Shape)} there, {string.Join('x', wanted[name].shape)} here)";

        string Remedy()
        {
            string[] head = [.. network.Stages.Skip(network.Body).Select(stage => stage.Name + ".")];
            string[] ofHead = [.. shapes.Where(name => head.Any(stage => name.StartsWith(stage, StringComparison.Ordinal)))];
            string[] ofBody = [.. shapes.Except(ofHead)];
            List<string> remedies = [];
            if (missing.Length + unexpected.Length == 0 && ofBody is [var first] && TakesOtherChannels(wanted[first].shape, given[first].Shape))
                remedies.Add($"Set model.channels: {given[first].Shape[1]}, which the file's network sees.");
            else if (missing.Length + unexpected.Length + ofBody.Length > 0)
                return $"It is of another network or of another model.width; expected weights of {network.GetName()}.";
            if (ofHead.Length > 0)
            {
                remedies.Add($"Set model.head: {wanted[ofHead[^1]].shape[0]} for a fresh last layer on top of the file's weights, "
                    + $"or model.classes: {given[ofHead[^1]].Shape[0]} to keep the file's.");
            }

            return string.Join(" ", remedies);
        }
    }

    private static bool IsCounter(string name) => name.EndsWith(Counter, StringComparison.Ordinal);

    // Weights of a convolution: (outputs, channels, height, width).
    private static bool TakesOtherChannels(long[] here, IReadOnlyList<long> there) =>
        (here, there) is ([var outputs, _, var height, var width], [var othersOutputs, _, var othersHeight, var othersWidth])
        && (outputs, height, width) == (othersOutputs, othersHeight, othersWidth);

    private static string Few(string[] names) =>
        string.Join(", ", names.Take(Named)) + (names.Length > Named ? $" and {names.Length - Named} more" : "");
}
