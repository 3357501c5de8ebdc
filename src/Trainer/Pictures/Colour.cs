namespace Granary.Trainer.Pictures;

/// <summary>A colour in sRGB.</summary>
/// <param name="Red">Red, 0 to 255.</param>
/// <param name="Green">Green, 0 to 255.</param>
/// <param name="Blue">Blue, 0 to 255.</param>
internal readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    /// <summary>Black.</summary>
    public static Colour Black => new(0, 0, 0);

    /// <summary>White.</summary>
    public static Colour White => new(255, 255, 255);

    /// <summary>The same number in all three channels.</summary>
    /// <param name="level">0 is black, 255 white.</param>
    public static Colour Grey(byte level) => new(level, level, level);

    /// <summary>The colour of a number such as 0x440154.</summary>
    /// <param name="rgb">Red, green and blue, a byte each.</param>
    public static Colour Of(int rgb) => new((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);

    /// <summary>A colour between two.</summary>
    /// <param name="other">The colour at 1.</param>
    /// <param name="share">How far to go to it, 0 to 1.</param>
    public Colour Towards(Colour other, double share) =>
        new(Between(Red, other.Red, share), Between(Green, other.Green, share), Between(Blue, other.Blue, share));

    private static byte Between(byte from, byte to, double share) =>
        (byte)Math.Round(from + ((to - from) * share), MidpointRounding.AwayFromZero);
}
