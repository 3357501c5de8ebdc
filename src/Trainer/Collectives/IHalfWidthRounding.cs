using System.Numerics;

namespace Granary.Trainer.Collectives;

/// <summary>A format of numbers in 2 bytes.</summary>
internal interface IHalfWidthRounding
{
    /// <summary>Rounds to the nearest number of the format, ties to even; the result is in the low 16 bits.</summary>
    /// <param name="values">The numbers.</param>
    static abstract Vector<uint> Shrink(Vector<float> values);

    /// <summary>The same for one number.</summary>
    /// <param name="value">The number.</param>
    static abstract ushort Shrink(float value);

    /// <summary>The numbers that 16 bits each stand for.</summary>
    /// <param name="bits">In the low 16 bits.</param>
    static abstract Vector<float> Grow(Vector<uint> bits);

    /// <summary>The same for one number.</summary>
    /// <param name="bits">The number.</param>
    static abstract float Grow(ushort bits);
}
