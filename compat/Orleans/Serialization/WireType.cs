namespace Orleans.Serialization;

/// <summary>How the value after a field's header is laid out, so that a reader can skip what it does not know.</summary>
internal enum WireType
{
    VarInt = 0,
    Fixed32 = 1,
    Fixed64 = 2,
    Fixed128 = 3,

    /// <summary>A 32-bit length, -1 for null, then that many bytes.</summary>
    Block = 4,
}
