using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Granary.Trainer.Collectives;

/// <summary>Numbers travel in 2 bytes; sums are taken in float32 and rounded once for each hop. Compiled at once, too.</summary>
/// <typeparam name="T">How a number becomes 2 bytes; a type of its own, so that the loops hold no calls.</typeparam>
internal sealed class HalfWidthWire<T> : WireFormat
    where T : struct, IHalfWidthRounding
{
    /// <inheritdoc/>
    public override int ElementBytes => sizeof(ushort);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Write(ReadOnlySpan<float> values, Span<byte> wire)
    {
        var target = MemoryMarshal.Cast<byte, ushort>(wire)[..values.Length];
        var wide = Vector<float>.Count;
        var i = 0;
        for (; i <= values.Length - (2 * wide); i += 2 * wide)
        {
            Vector.Narrow(T.Shrink(new Vector<float>(values[i..])), T.Shrink(new Vector<float>(values[(i + wide)..]))).CopyTo(target[i..]);
        }

        for (; i < values.Length; i++) target[i] = T.Shrink(values[i]);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Read(ReadOnlySpan<byte> wire, Span<float> values)
    {
        var source = MemoryMarshal.Cast<byte, ushort>(wire);
        var wide = Vector<float>.Count;
        var i = 0;
        for (; i <= values.Length - (2 * wide); i += 2 * wide)
        {
            Vector.Widen(new Vector<ushort>(source[i..]), out var low, out var high);
            T.Grow(low).CopyTo(values[i..]);
            T.Grow(high).CopyTo(values[(i + wide)..]);
        }

        for (; i < values.Length; i++) values[i] = T.Grow(source[i]);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Add(ReadOnlySpan<byte> wire, ReadOnlySpan<float> values, Span<byte> next)
    {
        var partial = MemoryMarshal.Cast<byte, ushort>(wire);
        var target = MemoryMarshal.Cast<byte, ushort>(next)[..values.Length];
        var wide = Vector<float>.Count;
        var i = 0;
        for (; i <= values.Length - (2 * wide); i += 2 * wide)
        {
            Vector.Widen(new Vector<ushort>(partial[i..]), out var low, out var high);
            var first = T.Shrink(T.Grow(low) + new Vector<float>(values[i..]));
            var second = T.Shrink(T.Grow(high) + new Vector<float>(values[(i + wide)..]));
            Vector.Narrow(first, second).CopyTo(target[i..]);
        }

        for (; i < values.Length; i++) target[i] = T.Shrink(T.Grow(partial[i]) + values[i]);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
            var first = T.Shrink((T.Grow(low) + new Vector<float>(values[i..])) * factor);
            var second = T.Shrink((T.Grow(high) + new Vector<float>(values[(i + wide)..])) * factor);
            T.Grow(first).CopyTo(values[i..]);
            T.Grow(second).CopyTo(values[(i + wide)..]);
            Vector.Narrow(first, second).CopyTo(target[i..]);
        }

        for (; i < values.Length; i++)
        {
            target[i] = T.Shrink((T.Grow(partial[i]) + values[i]) * scale);
            values[i] = T.Grow(target[i]);
        }
    }
}
