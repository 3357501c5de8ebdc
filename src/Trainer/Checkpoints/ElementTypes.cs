namespace Granary.Trainer.Checkpoints;

/// <summary>The element types that files of weights may have, in safetensors' notation.</summary>
internal static class ElementTypes
{
    /// <summary>Bytes of an element by its type.</summary>
    public static IReadOnlyDictionary<string, int> Bytes { get; } = new Dictionary<string, int>
    {
        ["BOOL"] = 1,
        ["U8"] = 1,
        ["I8"] = 1,
        ["I16"] = 2,
        ["F16"] = 2,
        ["BF16"] = 2,
        ["I32"] = 4,
        ["F32"] = 4,
        ["I64"] = 8,
        ["F64"] = 8,
    };
}
