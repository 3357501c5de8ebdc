using Granary.Trainer.Checkpoints;
using Granary.Trainer.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Building;

/// <summary>Puts the weights of a file into a network, by name.</summary>
internal static class PretrainedWeights
{
    /// <summary>Reads a file and copies its tensors; numbers of other float types are converted.</summary>
    /// <param name="network">The network, changed in place; untouched when the file does not fit.</param>
    /// <param name="path">safetensors, a checkpoint's too, or PyTorch's <c>.pth</c>/<c>.pt</c>.</param>
    /// <param name="freshHead">The head keeps its drawn weights, and the file's head, of whatever shape, is left out.</param>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, or of another network: the message lists the first names and what to do.
    /// </exception>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    public static void Load(Network network, string path, bool freshHead)
    {
        Dictionary<string, TensorData> given = WeightNames.Translate(Read(path));
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> wanted = network.state_dict();
        if (freshHead)
        {
            string[] head = [.. network.Stages.Skip(network.Body).Select(stage => stage.Name)];
            Drop(wanted, head);
            Drop(given, head);
        }

        if (WeightMismatch.Find(network, wanted, given) is { } mismatch)
            throw new InvalidDataException($"{path} does not fit {network.GetName()}: {mismatch}");
        foreach ((string name, Tensor target) in wanted)
        {
            if (given.TryGetValue(name, out TensorData? data))
                Copy(name, data, target, path);
        }
    }

    private static IReadOnlyDictionary<string, TensorData> Read(string path) => WeightFile.Read(path);

    private static void Drop<T>(Dictionary<string, T> tensors, string[] stages)
    {
        foreach (string name in tensors.Keys.ToArray())
        {
            if (stages.Any(stage => name.StartsWith(stage + ".", StringComparison.Ordinal)))
                tensors.Remove(name);
        }
    }

    private static void Copy(string name, TensorData data, Tensor target, string path)
    {
        ScalarType type = data.Type switch
        {
            "F32" => ScalarType.Float32,
            "F64" => ScalarType.Float64,
            "F16" => ScalarType.Float16,
            "BF16" => ScalarType.BFloat16,
            "I64" => ScalarType.Int64,
            _ => throw new InvalidDataException($"{path}: {name} is of type {data.Type}; expected F32, F64, F16, BF16 or, for a count, I64."),
        };
        using Tensor host = empty(target.shape, type);
        host.bytes = data.Data.ToArray();
        target.copy_(host);
    }
}
