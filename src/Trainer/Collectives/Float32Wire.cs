using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Granary.Trainer.Collectives;

/// <summary>Numbers travel as they are. The sums are compiled at once: no run starts in slow code.</summary>
internal sealed class Float32Wire : WireFormat
{
    /// <inheritdoc/>
    public override int ElementBytes => sizeof(float);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<float> values, Span<byte> wire) => MemoryMarshal.AsBytes(values).CopyTo(wire);

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> wire, Span<float> values) => wire.CopyTo(MemoryMarshal.AsBytes(values));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Add(ReadOnlySpan<byte> wire, ReadOnlySpan<float> values, Span<byte> next)
    {
        var partial = MemoryMarshal.Cast<byte, float>(wire);
        var sum = MemoryMarshal.Cast<byte, float>(next)[..values.Length];
        var wide = Vector<float>.Count;
        var i = 0;
        for (; i <= values.Length - wide; i += wide) (new Vector<float>(partial[i..]) + new Vector<float>(values[i..])).CopyTo(sum[i..]);
        for (; i < values.Length; i++) sum[i] = partial[i] + values[i];
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Finish(ReadOnlySpan<byte> wire, Span<float> values, float scale, Span<byte> next)
    {
        var partial = MemoryMarshal.Cast<byte, float>(wire);
        var result = MemoryMarshal.Cast<byte, float>(next)[..values.Length];
        var wide = Vector<float>.Count;
        var factor = new Vector<float>(scale);
        var i = 0;
        for (; i <= values.Length - wide; i += wide)
        {
            var sum = (new Vector<float>(partial[i..]) + new Vector<float>(values[i..])) * factor;
            sum.CopyTo(values[i..]);
            sum.CopyTo(result[i..]);
        }

        for (; i < values.Length; i++) result[i] = values[i] = (partial[i] + values[i]) * scale;
    }
}
