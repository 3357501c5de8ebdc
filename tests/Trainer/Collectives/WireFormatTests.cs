using System.Runtime.InteropServices;
using Granary.Trainer.Collectives;

namespace Granary.Trainer.Tests.Collectives;

public sealed class WireFormatTests
{
    private static readonly float[] Corners =
    [
        0, -0f, 1, -1, 1f / 3, 65_504, 65_519, 65_520, -65_536, 6.1e-5f, 6.0e-8f, 2.9e-8f, 1e-30f, 3e38f, float.MaxValue,
        float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, 1.00390625f, 1.01171875f,
    ];

    // The reference is .NET's own conversion to binary16 (IEEE 754, ties to even).
    [Fact]
    public void Float16_AnyNumber_RoundsAsTheStandardSays()
    {
        var values = Numbers();

        var wire = Write(WireType.Float16, values);

        Assert.Equal(values.Select(value => BitConverter.HalfToUInt16Bits((Half)value)), wire);
        Assert.Equal(values.Select(value => (float)(Half)value), Read(WireType.Float16, wire));
    }

    // The reference picks the nearer of the two neighbours whose low 16 bits are zero, the even one at a tie.
    [Fact]
    public void BFloat16_AnyNumber_RoundsToTheNearestAndTiesToEven()
    {
        var values = Numbers();

        var wire = Write(WireType.BFloat16, values);

        Assert.Equal(values.Select(NearestBFloat16), wire);
        Assert.Equal(wire.Select(bits => BitConverter.UInt32BitsToSingle((uint)bits << 16)), Read(WireType.BFloat16, wire));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void NotANumber_AnyFormat_StaysOne(int type)
    {
        var values = Enumerable.Repeat(BitConverter.UInt32BitsToSingle(0x7F800001), 33).ToArray();

        Assert.All(Read((WireType)type, Write((WireType)type, values)), value => Assert.True(float.IsNaN(value)));
    }

    [Theory]
    [InlineData(1, 2, 1.0 / 256)]
    [InlineData(1, 4, 1.0 / 256)]
    [InlineData(2, 2, 1.0 / 2048)]
    [InlineData(2, 3, 1.0 / 2048)]
    public async Task AllReduceAsync_HalfWidth_IsTheSameEverywhereAndWithinTheStatedError(int type, int worldSize, double unit)
    {
        using var ring = new MemoryRing(worldSize, new RingOptions { Wire = (WireType)type, ChunkBytes = 4096, Window = 2, SmallBytes = 1024 });
        var random = new Random(7);
        var inputs = ring.Ranks.Select(_ => Enumerable.Range(0, 20_011).Select(_ => (float)random.NextDouble()).ToArray()).ToArray();
        var values = inputs.Select(input => input.ToArray()).ToArray();

        await RingHarness.AllAsync(
            ring.Ranks, rank => rank.AllReduceAsync(values[rank.Rank], ReduceKind.Average, RingHarness.Patience, CancellationToken.None));

        Assert.All(values.Skip(1), other => Assert.Equal(values[0], other));
        for (var i = 0; i < values[0].Length; i++)
        {
            var exact = inputs.Average(input => (double)input[i]);
            // One rounding for each hop that a sum takes, and the last when it is complete.
            Assert.Equal(exact, values[0][i], (Math.Pow(1 + unit, worldSize) - 1) * exact);
        }
    }

    private static float[] Numbers()
    {
        var random = new Random(3);
        // 1,003 is no multiple of any vector: the numbers behind the last full one are handled, too.
        return [.. Corners, .. Enumerable.Range(0, 1003).Select(_ => (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-9, 9))))];
    }

    private static ushort[] Write(WireType type, float[] values)
    {
        var wire = new ushort[values.Length];
        WireFormat.Of(type).Write(values, MemoryMarshal.AsBytes(wire.AsSpan()));
        return wire;
    }

    private static float[] Read(WireType type, ushort[] wire)
    {
        var values = new float[wire.Length];
        WireFormat.Of(type).Read(MemoryMarshal.AsBytes(wire.AsSpan()), values);
        return values;
    }

    private static ushort NearestBFloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        var below = bits >> 16;
        var rest = bits & 0xFFFF;
        var up = rest > 0x8000 || (rest == 0x8000 && below % 2 == 1);
        return (ushort)(up ? below + 1 : below);
    }
}
