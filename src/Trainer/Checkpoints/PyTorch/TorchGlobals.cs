namespace Granary.Trainer.Checkpoints.PyTorch;

/// <summary>
/// Everything that a pickle may name. A name is looked up here and nowhere else, so no file can make this program run anything: what is
/// called are the functions of this table, and they only build tensors and containers.
/// </summary>
internal static class TorchGlobals
{
    private static readonly Dictionary<string, PickleGlobal> Known = Table().ToDictionary(known => known.Name);

    /// <summary>What stands for a Python name.</summary>
    /// <param name="module">The module.</param>
    /// <param name="name">The name in it.</param>
    /// <exception cref="PickleFormatException">It is not one of those that tensors need.</exception>
    public static PickleGlobal Find(string module, string name) => Known.TryGetValue($"{module}.{name}", out PickleGlobal? known)
        ? known
        : throw new PickleFormatException(
            $"the file wants {Readable(module)}.{Readable(name)}; only tensors are read, and nothing in the file is executed. "
            + "If you trust it, save its tensors alone in Python: torch.save(model.state_dict(), FILE)");

    private static IEnumerable<PickleGlobal> Table()
    {
        yield return new PickleGlobal("collections.OrderedDict", Dictionary);
        // Learning-rate schedules keep one beside the weights.
        yield return new PickleGlobal("collections.Counter", Dictionary);
        yield return new PickleGlobal("torch._utils._rebuild_tensor_v2", TorchTensor.Rebuild);
        yield return new PickleGlobal("torch._utils._rebuild_parameter", Parameter);
        yield return new PickleGlobal("torch._utils._rebuild_parameter_with_state", Parameter);
        yield return new PickleGlobal("torch.Size", Sizes);
        (string Class, StorageType Type)[] storages =
        [
            ("FloatStorage", new("F32", 4)),
            ("DoubleStorage", new("F64", 8)),
            ("HalfStorage", new("F16", 2)),
            ("BFloat16Storage", new("BF16", 2)),
            ("LongStorage", new("I64", 8)),
            ("IntStorage", new("I32", 4)),
            ("ShortStorage", new("I16", 2)),
            ("CharStorage", new("I8", 1)),
            ("ByteStorage", new("U8", 1)),
            ("BoolStorage", new("BOOL", 1)),
        ];
        foreach (string module in (string[])["torch", "torch.cuda", "torch.storage"])
        {
            foreach ((string name, StorageType type) in storages)
                yield return new PickleGlobal($"{module}.{name}", Storage: type);
        }
    }

    // Python copies its argument; sharing it costs nothing, and nobody can tell: what torch writes is complete by then.
    private static PickleDictionary Dictionary(object?[] arguments) => arguments switch
    {
        [] => new PickleDictionary(),
        [PickleDictionary items] => items,
        _ => throw new PickleFormatException("a dictionary made of something else than nothing or a dictionary"),
    };

    private static TorchTensor Parameter(object?[] arguments) => arguments is [TorchTensor data, ..]
        ? data
        : throw new PickleFormatException("a parameter without a tensor");

    private static object?[] Sizes(object?[] arguments) => arguments is [object?[] sizes]
        ? sizes
        : throw new PickleFormatException("a torch.Size that is not made of a tuple");

    // A name is the file's: it must not scroll a terminal away or hide in it.
    private static string Readable(string name)
    {
        string shown = string.Concat(name.Take(100).Select(letter => char.IsControl(letter) ? '?' : letter));
        return shown.Length < name.Length ? shown + "..." : shown;
    }
}
