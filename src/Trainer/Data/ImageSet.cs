namespace Granary.Trainer.Data;

/// <summary>Labelled square pictures, held as bytes: a quarter of what floats would take.</summary>
internal sealed class ImageSet : IStoredImages
{
    private readonly byte[] _pixels;
    private readonly int[] _labels;

    /// <summary>A set over the given arrays, which it keeps.</summary>
    /// <param name="name">For messages.</param>
    /// <param name="channels">Channels of a picture.</param>
    /// <param name="size">Height and width of a picture, in pixels.</param>
    /// <param name="pixels">Picture after picture, each channel by channel, row by row.</param>
    /// <param name="labels">The class of each picture.</param>
    /// <exception cref="ArgumentException">The arrays do not fit together.</exception>
    public ImageSet(string name, int channels, int size, byte[] pixels, int[] labels)
    {
        if (pixels.LongLength != (long)labels.Length * channels * size * size)
        {
            throw new ArgumentException(
                $"{name}: {labels.Length} pictures of {channels}x{size}x{size} take {(long)labels.Length * channels * size * size} bytes; "
                + $"there are {pixels.LongLength}.",
                nameof(pixels));
        }

        Name = name;
        Channels = channels;
        Size = size;
        _pixels = pixels;
        _labels = labels;
    }

    /// <summary>For messages.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public int Count => _labels.Length;

    /// <inheritdoc/>
    public int Channels { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public bool IsCostly => false;

    private int BytesPerImage => Channels * Size * Size;

    /// <inheritdoc/>
    public int Label(int index) => _labels[index];

    /// <inheritdoc/>
    public void CopyTo(int index, Span<byte> target) => Image(index).CopyTo(target);

    /// <summary>The bytes of a picture: channel by channel, row by row.</summary>
    /// <param name="index">The picture, from 0.</param>
    public ReadOnlySpan<byte> Image(int index) => _pixels.AsSpan(checked(index * BytesPerImage), BytesPerImage);

    /// <summary>Reads all pictures of a source into memory, on all cores.</summary>
    /// <param name="name">For messages.</param>
    /// <param name="source">The pictures.</param>
    public static ImageSet Keep(string name, IImageSource source)
    {
        int bytes = source.Channels * source.Size * source.Size;
        byte[] pixels = new byte[checked(source.Count * bytes)];
        int[] labels = new int[source.Count];
        System.Threading.Tasks.Parallel.For(0, source.Count, i =>
        {
            source.CopyTo(i, pixels.AsSpan(i * bytes, bytes));
            labels[i] = source.Label(i);
        });
        return new ImageSet(name, source.Channels, source.Size, pixels, labels);
    }

    /// <summary>A set of the given pictures in the given order, which shares nothing with this one.</summary>
    /// <param name="indices">Pictures of this set.</param>
    public IStoredImages Select(ReadOnlySpan<int> indices)
    {
        byte[] pixels = new byte[checked(indices.Length * BytesPerImage)];
        int[] labels = new int[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            CopyTo(indices[i], pixels.AsSpan(i * BytesPerImage));
            labels[i] = Label(indices[i]);
        }

        return new ImageSet(Name, Channels, Size, pixels, labels);
    }
}
