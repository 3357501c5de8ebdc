namespace Granary.Trainer.Data;

/// <summary>A set without pictures, in the shape of another: what is validated on when nothing is.</summary>
/// <param name="like">Whose channels and size it has.</param>
internal sealed class NoImages(IImageSource like) : IImageSource
{
    /// <inheritdoc/>
    public int Count => 0;

    /// <inheritdoc/>
    public int Channels => like.Channels;

    /// <inheritdoc/>
    public int Size => like.Size;

    /// <inheritdoc/>
    public bool IsCostly => false;

    /// <inheritdoc/>
    public int Label(int index) => throw new ArgumentOutOfRangeException(nameof(index), index, "There are no pictures.");

    /// <inheritdoc/>
    public void CopyTo(int index, Span<byte> target) => throw new ArgumentOutOfRangeException(nameof(index), index, "There are no pictures.");
}
