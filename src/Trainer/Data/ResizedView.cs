namespace Granary.Trainer.Data;

/// <summary>A set whose pictures are resized each time they are read: for sets that would not fit in memory resized.</summary>
/// <param name="set">The pictures as stored.</param>
/// <param name="size">Height and width of the results, in pixels.</param>
internal sealed class ResizedView(ImageSet set, int size) : IImageSource
{
    private readonly ImageResizer _resizer = new(set.Size, size);

    /// <inheritdoc/>
    public int Count => set.Count;

    /// <inheritdoc/>
    public int Channels => set.Channels;

    /// <inheritdoc/>
    public int Size => size;

    /// <inheritdoc/>
    public bool IsCostly => true;

    /// <inheritdoc/>
    public int Label(int index) => set.Label(index);

    /// <inheritdoc/>
    public void CopyTo(int index, Span<byte> target) => _resizer.Resize(set.Image(index), target[..(Channels * size * size)]);
}
