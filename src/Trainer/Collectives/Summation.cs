using System.Numerics;
using System.Runtime.InteropServices;

namespace Granary.Trainer.Collectives;

/// <summary>Element-wise sums, vectorised: each element is one addition, so the vector's width does not show in the result.</summary>
internal static class Summation
{
    /// <summary>Adds the source to the target.</summary>
    /// <param name="target">As many elements as the source.</param>
    /// <param name="source">Added.</param>
    public static void Add(Span<float> target, ReadOnlySpan<float> source)
    {
        var wide = MemoryMarshal.Cast<float, Vector<float>>(target);
        var wideSource = MemoryMarshal.Cast<float, Vector<float>>(source);
        for (var i = 0; i < wide.Length; i++) wide[i] += wideSource[i];
        for (var i = wide.Length * Vector<float>.Count; i < target.Length; i++) target[i] += source[i];
    }
}
