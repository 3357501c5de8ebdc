namespace Granary.Trainer.Data;

/// <summary>Labelled square pictures of one size. Safe for several threads at once.</summary>
internal interface IImageSource
{
    /// <summary>Pictures.</summary>
    int Count { get; }

    /// <summary>Channels of a picture.</summary>
    int Channels { get; }

    /// <summary>Height and width of a picture, in pixels.</summary>
    int Size { get; }

    /// <summary>Whether reading a picture is work (decoding, resampling), so that several threads pay; not for a mere copy.</summary>
    bool IsCostly { get; }

    /// <summary>The class of a picture.</summary>
    /// <param name="index">The picture, from 0.</param>
    int Label(int index);

    /// <summary>Writes the bytes of a picture: channel by channel, row by row.</summary>
    /// <param name="index">The picture, from 0.</param>
    /// <param name="target">At least <c>Channels x Size x Size</c> bytes.</param>
    /// <exception cref="InvalidDataException">The picture is damaged: the message says which, and what was expected.</exception>
    void CopyTo(int index, Span<byte> target);
}
