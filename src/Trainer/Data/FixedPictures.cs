using System.Buffers;

namespace Granary.Trainer.Data;

/// <summary>A set of pictures of one size, seen as pictures of any size.</summary>
/// <param name="images">The set.</param>
internal sealed class FixedPictures(IStoredImages images) : IPictureSource
{
    /// <summary>The set.</summary>
    public IStoredImages Images => images;

    /// <inheritdoc/>
    public int Count => images.Count;

    /// <inheritdoc/>
    public int Channels => images.Channels;

    /// <inheritdoc/>
    public int Label(int index) => images.Label(index);

    /// <inheritdoc/>
    public IPicture Open(int index) => new Picture(images, index);

    /// <inheritdoc/>
    public IPictureSource Select(ReadOnlySpan<int> indices) => new FixedPictures(images.Select(indices));

    private sealed class Picture(IImageSource images, int index) : IPicture
    {
        private readonly byte[] _pixels = ArrayPool<byte>.Shared.Rent(images.Channels * images.Size * images.Size);

        public int Width => images.Size;

        public int Height => images.Size;

        public (int Width, int Height) SizeAt(int denominator) => (images.Size, images.Size);

        public Pixels Read(int denominator, PixelArea area)
        {
            images.CopyTo(index, _pixels);
            return new Pixels(_pixels, images.Size, images.Size, images.Channels, interleaved: false);
        }

        public void Dispose() => ArrayPool<byte>.Shared.Return(_pixels);
    }
}
