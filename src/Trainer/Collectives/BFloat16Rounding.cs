using System.Numerics;

namespace Granary.Trainer.Collectives;

/// <summary>The upper half of a float32, rounded to the nearest, ties to even.</summary>
internal readonly struct BFloat16Rounding : IHalfWidthRounding
{
    private const uint QuietNaN = 0x7FC0;

    /// <inheritdoc/>
    public static Vector<uint> Shrink(Vector<float> values)
    {
        var bits = Vector.AsVectorUInt32(values);
        var rounded = (bits + new Vector<uint>(0x7FFF) + ((bits >>> 16) & Vector<uint>.One)) >>> 16;
        return Vector.ConditionalSelect(Vector.AsVectorUInt32(Vector.Equals(values, values)), rounded, new Vector<uint>(QuietNaN));
    }

    /// <inheritdoc/>
    public static ushort Shrink(float value)
    {
        if (float.IsNaN(value)) return (ushort)QuietNaN;
        var bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    /// <inheritdoc/>
    public static Vector<float> Grow(Vector<uint> bits) => Vector.AsVectorSingle(bits << 16);

    /// <inheritdoc/>
    public static float Grow(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);
}
