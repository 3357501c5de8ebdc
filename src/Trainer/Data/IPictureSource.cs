namespace Granary.Trainer.Data;

/// <summary>Labelled pictures as they are stored, each of its own size. Safe for several threads at once.</summary>
internal interface IPictureSource
{
    /// <summary>Pictures.</summary>
    int Count { get; }

    /// <summary>Channels of a picture.</summary>
    int Channels { get; }

    /// <summary>The class of a picture.</summary>
    /// <param name="index">The picture, from 0.</param>
    int Label(int index);

    /// <summary>A picture, to be disposed.</summary>
    /// <param name="index">The picture, from 0.</param>
    /// <exception cref="InvalidDataException">The picture is damaged: the message says which, and what was expected.</exception>
    IPicture Open(int index);

    /// <summary>The given pictures in the given order.</summary>
    /// <param name="indices">Pictures of this source.</param>
    IPictureSource Select(ReadOnlySpan<int> indices);
}
