using System.Buffers;

namespace Granary.Trainer.Data;

/// <summary>One rank's part of a batch, as bytes in rented memory; disposing gives it back.</summary>
internal sealed class HostBatch : IDisposable
{
    private readonly byte[] _pixels;
    private readonly long[] _labels;
    private readonly int _bytes;

    /// <summary>Gathers examples.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="indices">Which.</param>
    /// <param name="index">The batch, from 0.</param>
    /// <param name="globalSize">Examples of the batch over all ranks.</param>
    public HostBatch(IImageSource source, ReadOnlySpan<int> indices, int index, int globalSize)
    {
        int bytesPerImage = source.Channels * source.Size * source.Size;
        Index = index;
        GlobalSize = globalSize;
        Count = indices.Length;
        Shape = [Count, source.Channels, source.Size, source.Size];
        _bytes = checked(Count * bytesPerImage);
        _pixels = ArrayPool<byte>.Shared.Rent(_bytes);
        _labels = ArrayPool<long>.Shared.Rent(Count);
        for (int i = 0; i < indices.Length; i++)
        {
            source.CopyTo(indices[i], _pixels.AsSpan(i * bytesPerImage, bytesPerImage));
            _labels[i] = source.Label(indices[i]);
        }
    }

    /// <summary>The batch, from 0.</summary>
    public int Index { get; }

    /// <summary>Examples here; may be 0 in a short last batch.</summary>
    public int Count { get; }

    /// <summary>Examples of the batch over all ranks.</summary>
    public int GlobalSize { get; }

    /// <summary>Count, channels, height, width.</summary>
    public long[] Shape { get; }

    /// <summary>The pictures, in NCHW order.</summary>
    public Span<byte> Pixels => _pixels.AsSpan(0, _bytes);

    /// <summary>Their classes.</summary>
    public Span<long> Labels => _labels.AsSpan(0, Count);

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_pixels);
        ArrayPool<long>.Shared.Return(_labels);
    }
}
