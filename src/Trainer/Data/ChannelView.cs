using System.Buffers;

namespace Granary.Trainer.Data;

/// <summary>A set whose pictures have another number of channels: grey repeated, or colours made grey.</summary>
internal sealed class ChannelView : IImageSource
{
    private const int Red = 19_595;
    private const int Green = 38_470;
    private const int Blue = 7_471;

    private readonly IImageSource _source;

    /// <summary>A view.</summary>
    /// <param name="source">One channel, or three (red, green, blue).</param>
    /// <param name="channels">Any number for a source of one channel; 1 for one of three.</param>
    /// <exception cref="ArgumentException">There is no such conversion.</exception>
    public ChannelView(IImageSource source, int channels)
    {
        if (source.Channels != 1 && (source.Channels, channels) != (3, 1))
        {
            throw new ArgumentException(
                $"model.channels is {channels}, and the pictures have {source.Channels} channels; expected {source.Channels}"
                + (source.Channels == 3 ? ", or 1 for grey pictures." : "."),
                nameof(channels));
        }

        _source = source;
        Channels = channels;
    }

    /// <inheritdoc/>
    public int Count => _source.Count;

    /// <inheritdoc/>
    public int Channels { get; }

    /// <inheritdoc/>
    public int Size => _source.Size;

    /// <inheritdoc/>
    public bool IsCostly => _source.IsCostly || _source.Channels == 3;

    /// <inheritdoc/>
    public int Label(int index) => _source.Label(index);

    /// <inheritdoc/>
    public void CopyTo(int index, Span<byte> target)
    {
        int pixels = Size * Size;
        if (_source.Channels == 1)
        {
            _source.CopyTo(index, target);
            for (int c = 1; c < Channels; c++)
                target[..pixels].CopyTo(target[(c * pixels)..]);
            return;
        }

        byte[] picture = ArrayPool<byte>.Shared.Rent(3 * pixels);
        _source.CopyTo(index, picture);
        for (int i = 0; i < pixels; i++)
        {
            // Luma of ITU-R BT.601 in 16-bit fixed point, rounded: what PIL and torchvision compute.
            int luma = (Red * picture[i]) + (Green * picture[pixels + i]) + (Blue * picture[(2 * pixels) + i]);
            target[i] = (byte)((luma + 0x8000) >> 16);
        }

        ArrayPool<byte>.Shared.Return(picture);
    }
}
