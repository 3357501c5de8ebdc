namespace Granary.Trainer.Data;

/// <summary>Labelled square pictures of one size. Reading from several threads is not safe.</summary>
internal interface IImageSource
{
    /// <summary>Pictures.</summary>
    int Count { get; }

    /// <summary>Channels of a picture.</summary>
    int Channels { get; }

    /// <summary>Height and width of a picture, in pixels.</summary>
    int Size { get; }

    /// <summary>The class of a picture.</summary>
    /// <param name="index">The picture, from 0.</param>
    byte Label(int index);

    /// <summary>Writes the bytes of a picture: channel by channel, row by row.</summary>
    /// <param name="index">The picture, from 0.</param>
    /// <param name="target">At least <c>Channels x Size x Size</c> bytes.</param>
    void CopyTo(int index, Span<byte> target);
}
