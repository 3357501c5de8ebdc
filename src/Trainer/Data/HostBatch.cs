using System.Buffers;

namespace Granary.Trainer.Data;

/// <summary>One rank's part of a batch, as bytes in rented memory; disposing gives it back.</summary>
internal sealed class HostBatch : IDisposable
{
    private readonly IImageSource _source;
    private readonly int[] _examples;
    private readonly byte[] _pixels;
    private readonly long[] _labels;
    private readonly int _bytesPerImage;

    /// <summary>A batch whose examples are still to be filled in.</summary>
    /// <param name="source">Where they come from.</param>
    /// <param name="examples">Which; kept.</param>
    /// <param name="index">The batch, from 0.</param>
    /// <param name="globalSize">Examples of the batch over all ranks.</param>
    public HostBatch(IImageSource source, int[] examples, int index, int globalSize)
    {
        _source = source;
        _examples = examples;
        _bytesPerImage = source.Channels * source.Size * source.Size;
        Index = index;
        GlobalSize = globalSize;
        Shape = [Count, source.Channels, source.Size, source.Size];
        _pixels = ArrayPool<byte>.Shared.Rent(checked(Count * _bytesPerImage));
        _labels = ArrayPool<long>.Shared.Rent(Count);
    }

    /// <summary>The batch, from 0.</summary>
    public int Index { get; }

    /// <summary>Examples here; may be 0 in a short last batch.</summary>
    public int Count => _examples.Length;

    /// <summary>Examples of the batch over all ranks.</summary>
    public int GlobalSize { get; }

    /// <summary>Count, channels, height, width.</summary>
    public long[] Shape { get; }

    /// <summary>The pictures, in NCHW order.</summary>
    public Span<byte> Pixels => _pixels.AsSpan(0, Count * _bytesPerImage);

    /// <summary>Their classes.</summary>
    public Span<long> Labels => _labels.AsSpan(0, Count);

    /// <summary>Which examples of the source they are.</summary>
    public ReadOnlySpan<int> Examples => _examples;

    /// <summary>Reads some of the examples; several threads may each read a range of their own.</summary>
    /// <param name="from">The first, within the batch.</param>
    /// <param name="to">The one after the last.</param>
    public void Fill(int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            _source.CopyTo(_examples[i], _pixels.AsSpan(i * _bytesPerImage, _bytesPerImage));
            _labels[i] = _source.Label(_examples[i]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_pixels);
        ArrayPool<long>.Shared.Return(_labels);
    }
}
