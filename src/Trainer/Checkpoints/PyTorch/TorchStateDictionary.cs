namespace Granary.Trainer.Checkpoints.PyTorch;

/// <summary>Finds the network's tensors in what a file holds: a state dictionary, or a checkpoint that has one in it.</summary>
internal static class TorchStateDictionary
{
    private const int MaxDepth = 3;

    // Where training scripts put it.
    private static readonly string[] Keys = ["state_dict", "model_state_dict", "model", "net", "network", "weights"];

    // Put in front of every name by data-parallel and compiled modules.
    private static readonly string[] Wrappers = ["module.", "_orig_mod."];

    /// <summary>The tensors by their names in the network.</summary>
    /// <param name="content">What the pickle holds.</param>
    /// <param name="where">The file and record, for messages.</param>
    /// <exception cref="InvalidDataException">There is none, or more than one.</exception>
    public static Dictionary<string, TorchTensor> Find(object? content, string where)
    {
        if (content is not PickleDictionary root)
        {
            throw new InvalidDataException(
                $"{where}: holds {Describe(content)}; expected a dictionary of tensors: torch.save(model.state_dict(), FILE).");
        }

        Dictionary<string, TorchTensor> tensors = Find(root, MaxDepth)
            ?? throw new InvalidDataException(
                $"{where}: no tensors, neither by name nor in a dictionary under one of {string.Join(", ", Keys)}; "
                + $"its keys are {Few([.. root.ByName().Keys])}.");
        foreach (string wrapper in Wrappers)
        {
            if (tensors.Keys.All(name => name.StartsWith(wrapper, StringComparison.Ordinal)))
                tensors = tensors.ToDictionary(tensor => tensor.Key[wrapper.Length..], tensor => tensor.Value);
        }

        return tensors;
    }

    private static Dictionary<string, TorchTensor>? Find(PickleDictionary dictionary, int depth)
    {
        Dictionary<string, object?> items = dictionary.ByName();
        if (depth > 0)
        {
            foreach (string key in Keys)
            {
                if (items.GetValueOrDefault(key) is PickleDictionary inner && Find(inner, depth - 1) is { } found)
                    return found;
            }
        }

        Dictionary<string, TorchTensor> tensors = items.Where(item => item.Value is TorchTensor)
            .ToDictionary(item => item.Key, item => (TorchTensor)item.Value!);
        return tensors.Count > 0 ? tensors : null;
    }

    private static string Describe(object? content) => content switch
    {
        TorchTensor => "one tensor",
        List<object?> => "a list",
        object?[] => "a tuple",
        _ => "no dictionary",
    };

    private static string Few(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "none",
        <= 8 => string.Join(", ", names),
        _ => $"{string.Join(", ", names.Take(8))} and {names.Count - 8} more",
    };
}
