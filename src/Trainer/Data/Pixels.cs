namespace Granary.Trainer.Data;

/// <summary>A picture's bytes: planes one after the other, or the channels of a pixel side by side.</summary>
/// <param name="bytes">At least Width x Height x Channels bytes, rows from the top.</param>
/// <param name="width">Pixels of a row.</param>
/// <param name="height">Rows.</param>
/// <param name="channels">Channels.</param>
/// <param name="interleaved">Whether the channels of a pixel are side by side.</param>
internal readonly ref struct Pixels(ReadOnlySpan<byte> bytes, int width, int height, int channels, bool interleaved)
{
    /// <summary>All of them.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes[..(width * height * channels)];

    /// <summary>Pixels of a row.</summary>
    public int Width { get; } = width;

    /// <summary>Rows.</summary>
    public int Height { get; } = height;

    /// <summary>Channels.</summary>
    public int Channels { get; } = channels;

    /// <summary>Bytes from a pixel to its right neighbour.</summary>
    public int PixelStride { get; } = interleaved ? channels : 1;

    /// <summary>Bytes from a pixel's channel to its next channel.</summary>
    public int ChannelStride { get; } = interleaved ? 1 : width * height;
}
