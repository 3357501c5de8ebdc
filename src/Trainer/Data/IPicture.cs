namespace Granary.Trainer.Data;

/// <summary>One stored picture, being read by one thread; disposing gives its memory back.</summary>
internal interface IPicture : IDisposable
{
    /// <summary>Width in pixels.</summary>
    int Width { get; }

    /// <summary>Height in pixels.</summary>
    int Height { get; }

    /// <summary>The size at which the picture comes.</summary>
    /// <param name="denominator">
    /// 1, 2, 4 or 8: the picture may come at that part of its size, sides rounded up, when that is cheaper to have; else it comes whole.
    /// </param>
    (int Width, int Height) SizeAt(int denominator);

    /// <summary>Its pixels, valid until the picture is disposed or read again.</summary>
    /// <param name="denominator">As for <see cref="SizeAt"/>.</param>
    /// <param name="area">What is needed of the picture at that size; other pixels need not be right.</param>
    /// <exception cref="InvalidDataException">The picture is damaged: the message says which, and what was expected.</exception>
    Pixels Read(int denominator, PixelArea area);
}
