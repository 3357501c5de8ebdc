using System.Numerics;

namespace Granary.Trainer.Collectives;

/// <summary>IEEE 754 binary16. The vectors use float32 arithmetic alone: its own rounding does the work.</summary>
internal readonly struct Float16Rounding : IHalfWidthRounding
{
    // 2^112 and 2^-112 move a binary16's exponent to and from where float32 has it.
    private const float Up = 5192296858534827628530496329220096f;

    /// <inheritdoc/>
    public static Vector<uint> Shrink(Vector<float> values)
    {
        var bits = Vector.AsVectorUInt32(values);
        var sign = (bits >>> 16) & new Vector<uint>(0x8000);
        var magnitude = bits & new Vector<uint>(0x7FFFFFFF);
        // Normal numbers: round to 11 bits by adding half a unit less one, plus the last kept bit.
        var normal = (magnitude + new Vector<uint>(0xC8000FFF) + ((magnitude >>> 13) & Vector<uint>.One)) >>> 13;
        // Subnormal ones: adding 0.5 leaves the 10 bits where they belong, rounded by the addition itself.
        var subnormal = Vector.AsVectorUInt32(Vector.AsVectorSingle(magnitude) + new Vector<float>(0.5f)) - new Vector<uint>(0x3F000000);
        var result = Vector.ConditionalSelect(Vector.LessThan(magnitude, new Vector<uint>(113u << 23)), subnormal, normal & new Vector<uint>(0xFFFF));
        var infinite = Vector.GreaterThanOrEqual(magnitude, new Vector<uint>(0x477FF000));
        result = Vector.ConditionalSelect(infinite, new Vector<uint>(0x7C00), result);
        var nan = Vector.GreaterThan(magnitude, new Vector<uint>(0x7F800000));
        return sign | Vector.ConditionalSelect(nan, new Vector<uint>(0x7E00), result);
    }

    /// <inheritdoc/>
    public static ushort Shrink(float value) => BitConverter.HalfToUInt16Bits((Half)value);

    /// <inheritdoc/>
    public static Vector<float> Grow(Vector<uint> bits)
    {
        var magnitude = (bits & new Vector<uint>(0x7FFF)) << 13;
        var sign = (bits & new Vector<uint>(0x8000)) << 16;
        var scaled = Vector.AsVectorUInt32(Vector.AsVectorSingle(magnitude) * new Vector<float>(Up));
        var special = Vector.GreaterThanOrEqual(magnitude, new Vector<uint>(0x7C00u << 13));
        return Vector.AsVectorSingle(sign | Vector.ConditionalSelect(special, magnitude | new Vector<uint>(0x7F800000), scaled));
    }

    /// <inheritdoc/>
    public static float Grow(ushort bits) => (float)BitConverter.UInt16BitsToHalf(bits);
}
