using Granary.Trainer.Data;

namespace Granary.Benchmarks.Train;

/// <summary>A set that goes round and round in another one, so that no window sees the end of an epoch.</summary>
/// <param name="pictures">The pictures.</param>
/// <param name="count">How many there seem to be.</param>
internal sealed class RepeatedPictures(ImageSet pictures, int count) : IImageSource
{
    /// <inheritdoc/>
    public int Count => count;

    /// <inheritdoc/>
    public int Channels => pictures.Channels;

    /// <inheritdoc/>
    public int Size => pictures.Size;

    /// <inheritdoc/>
    public bool IsCostly => pictures.IsCostly;

    /// <inheritdoc/>
    public int Label(int index) => pictures.Label(index % pictures.Count);

    /// <inheritdoc/>
    public void CopyTo(int index, Span<byte> target) => pictures.CopyTo(index % pictures.Count, target);
}
