namespace Granary.Trainer.Data.Augmentation;

/// <summary>The part of a picture that a training or validation picture shows, in pixels of the picture, fractions allowed.</summary>
/// <param name="Left">The left edge before turning.</param>
/// <param name="Top">The top edge before turning.</param>
/// <param name="Width">Width, above 0.</param>
/// <param name="Height">Height, above 0.</param>
/// <param name="Angle">Degrees by which what is shown turns counter-clockwise about the middle of the frame.</param>
internal readonly record struct Frame(double Left, double Top, double Width, double Height, double Angle)
{
    /// <summary>
    /// The largest of 1, 2, 4 and 8 by which the picture may be divided and still have at least <paramref name="size"/> pixels in both
    /// directions of the frame.
    /// </summary>
    /// <param name="size">Height and width of what is made from the frame.</param>
    public int Denominator(int size)
    {
        double spare = Math.Min(Width, Height) / size;
        return spare >= 8 ? 8 : spare >= 4 ? 4 : spare >= 2 ? 2 : 1;
    }

    /// <summary>The same frame on the picture at a part of its size.</summary>
    /// <param name="factor">What the picture was divided by.</param>
    public Frame Divide(int factor) => this with { Left = Left / factor, Top = Top / factor, Width = Width / factor, Height = Height / factor };
}
