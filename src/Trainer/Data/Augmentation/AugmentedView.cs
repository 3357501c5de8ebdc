using System.Buffers;

namespace Granary.Trainer.Data.Augmentation;

/// <summary>Training pictures shifted, mirrored and recoloured when they are read.</summary>
/// <param name="images">The pictures, framed.</param>
/// <param name="options">What happens to them.</param>
/// <param name="draws">An example's random numbers, by its index.</param>
internal sealed class AugmentedView(IImageSource images, AugmentationOptions options, Func<int, Draws> draws) : IImageSource
{
    /// <inheritdoc/>
    public int Count => images.Count;

    /// <inheritdoc/>
    public int Channels => images.Channels;

    /// <inheritdoc/>
    public int Size => images.Size;

    /// <inheritdoc/>
    public bool IsCostly => images.IsCostly;

    /// <inheritdoc/>
    public int Label(int index) => images.Label(index);

    /// <inheritdoc/>
    public void CopyTo(int index, Span<byte> target)
    {
        Span<byte> pixels = target[..(Channels * Size * Size)];
        Draws own = draws(index);
        if (options.CropPadding > 0)
            CopyShifted(index, own, pixels);
        else
            images.CopyTo(index, pixels);
        if (options.Flip && own.Unit(Draws.Flip) < 0.5)
        {
            for (int row = 0; row < pixels.Length; row += Size)
                pixels.Slice(row, Size).Reverse();
        }

        if (MixOf(own) is { } mix)
            mix.Apply(pixels, Channels);
    }

    private void CopyShifted(int index, Draws own, Span<byte> target)
    {
        int right = own.Below(Draws.ShiftAcross, (2 * options.CropPadding) + 1) - options.CropPadding;
        int down = own.Below(Draws.ShiftDown, (2 * options.CropPadding) + 1) - options.CropPadding;
        byte[] whole = ArrayPool<byte>.Shared.Rent(target.Length);
        images.CopyTo(index, whole);
        target.Clear();
        int width = Size - Math.Abs(right);
        for (int channel = 0; channel < Channels && width > 0; channel++)
        {
            for (int y = Math.Max(0, down); y < Math.Min(Size, Size + down); y++)
            {
                int row = ((channel * Size) + y) * Size;
                whole.AsSpan(row - (down * Size) + Math.Max(0, -right), width).CopyTo(target[(row + Math.Max(0, right))..]);
            }
        }

        ArrayPool<byte>.Shared.Return(whole);
    }

    private ColourMix? MixOf(Draws own)
    {
        bool grey = Channels == 3 && own.Unit(Draws.Grey) < options.Grayscale;
        if (options.Jitter == 0 && !grey)
            return null;
        return ColourMix.Of(Factor(own, Draws.Brightness), Factor(own, Draws.Contrast), grey ? 0 : Factor(own, Draws.Saturation));
    }

    private double Factor(Draws own, int what) => own.Between(what, 1 - options.Jitter, 1 + options.Jitter);
}
