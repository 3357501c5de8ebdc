namespace Granary.Trainer.Tests;

/// <summary>bfloat16 by its definition: the upper half of a float32, rounded to the nearest, ties to the even one.</summary>
internal static class BFloat16
{
    public static float Round(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        uint rounded = bits + 0x7fff + ((bits >> 16) & 1);
        return BitConverter.UInt32BitsToSingle(rounded & 0xffff0000);
    }

    public static float[] Round(IEnumerable<float> values) => [.. values.Select(Round)];
}
