namespace Granary.Trainer.Checkpoints.PyTorch;

/// <summary>A run of elements that lies in a record of the archive; several tensors may share one.</summary>
/// <param name="Type">The elements' type.</param>
/// <param name="Key">The record's name below <c>data/</c>.</param>
/// <param name="Elements">How many.</param>
internal sealed record TorchStorage(StorageType Type, string Key, long Elements)
{
    /// <summary>Reads what torch writes where a tensor's storage belongs: ('storage', class, key, device, elements).</summary>
    /// <param name="reference">The tuple.</param>
    /// <exception cref="PickleFormatException">It is something else.</exception>
    public static TorchStorage FromReference(object? reference) => reference is
        object?[] and ["storage", PickleGlobal { Storage: { } type }, string key, string, long elements] && elements >= 0
        ? new TorchStorage(type, key, elements)
        : throw new PickleFormatException(
            "a reference outside the pickle that is not ('storage', class, key, device, number of elements)");
}
