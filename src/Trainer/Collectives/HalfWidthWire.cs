using System.Numerics;
using System.Runtime.InteropServices;

namespace Granary.Trainer.Collectives;

/// <summary>Numbers travel in 2 bytes; sums are taken in float32 and rounded once for each hop.</summary>
internal abstract class HalfWidthWire : WireFormat
{
    /// <inheritdoc/>
    public override int ElementBytes => sizeof(ushort);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<float> values, Span<byte> wire)
    {
        var target = MemoryMarshal.Cast<byte, ushort>(wire)[..values.Length];
        var wide = Vector<float>.Count;
        var i = 0;
        for (; i <= values.Length - (2 * wide); i += 2 * wide)
        {
            Vector.Narrow(Shrink(new Vector<float>(values[i..])), Shrink(new Vector<float>(values[(i + wide)..]))).CopyTo(target[i..]);
        }

        for (; i < values.Length; i++) target[i] = Shrink(values[i]);
    }

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> wire, Span<float> values)
    {
        var source = MemoryMarshal.Cast<byte, ushort>(wire);
        var wide = Vector<float>.Count;
        var i = 0;
        for (; i <= values.Length - (2 * wide); i += 2 * wide)
        {
            Vector.Widen(new Vector<ushort>(source[i..]), out var low, out var high);
            Grow(low).CopyTo(values[i..]);
            Grow(high).CopyTo(values[(i + wide)..]);
        }

        for (; i < values.Length; i++) values[i] = Grow(source[i]);
    }

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<byte> wire, ReadOnlySpan<float> values, Span<byte> next)
    {
        var partial = MemoryMarshal.Cast<byte, ushort>(wire);
        var target = MemoryMarshal.Cast<byte, ushort>(next)[..values.Length];
        var wide = Vector<float>.Count;
        var i = 0;
        for (; i <= values.Length - (2 * wide); i += 2 * wide)
        {
            Vector.Widen(new Vector<ushort>(partial[i..]), out var low, out var high);
            var first = Shrink(Grow(low) + new Vector<float>(values[i..]));
            var second = Shrink(Grow(high) + new Vector<float>(values[(i + wide)..]));
            Vector.Narrow(first, second).CopyTo(target[i..]);
        }

        for (; i < values.Length; i++) target[i] = Shrink(Grow(partial[i]) + values[i]);
    }

    /// <inheritdoc/>
    public override void Finish(ReadOnlySpan<byte> wire, Span<float> values, float scale, Span<byte> next)
    {
        var partial = MemoryMarshal.Cast<byte, ushort>(wire);
        var target = MemoryMarshal.Cast<byte, ushort>(next)[..values.Length];
        var wide = Vector<float>.Count;
        var factor = new Vector<float>(scale);
        var i = 0;
        for (; i <= values.Length - (2 * wide); i += 2 * wide)
        {
            Vector.Widen(new Vector<ushort>(partial[i..]), out var low, out var high);
            var first = Shrink((Grow(low) + new Vector<float>(values[i..])) * factor);
            var second = Shrink((Grow(high) + new Vector<float>(values[(i + wide)..])) * factor);
            Grow(first).CopyTo(values[i..]);
            Grow(second).CopyTo(values[(i + wide)..]);
            Vector.Narrow(first, second).CopyTo(target[i..]);
        }

        for (; i < values.Length; i++)
        {
            target[i] = Shrink((Grow(partial[i]) + values[i]) * scale);
            values[i] = Grow(target[i]);
        }
    }

    /// <summary>Rounds to the nearest number of the format, ties to even; the result is in the low 16 bits.</summary>
    protected abstract Vector<uint> Shrink(Vector<float> values);

    /// <summary>The same for one number.</summary>
    protected abstract ushort Shrink(float value);

    /// <summary>The number that 16 bits stand for.</summary>
    protected abstract Vector<float> Grow(Vector<uint> bits);

    /// <summary>The same for one number.</summary>
    protected abstract float Grow(ushort bits);
}
