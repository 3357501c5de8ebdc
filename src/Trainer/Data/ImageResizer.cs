using System.Buffers;

namespace Granary.Trainer.Data;

/// <summary>
/// Bilinear resizing of byte pictures: pixel centres at half coordinates, the filter widened when shrinking so that no pixel is skipped,
/// results rounded to bytes. PIL and torchvision's <c>Resize</c>, which the d2l text uses, do the same but round between the two
/// passes too, so a pixel may differ by one from theirs.
/// </summary>
internal sealed class ImageResizer
{
    private readonly int _from;
    private readonly int _to;
    private readonly int[] _starts;
    private readonly float[][] _weights;

    /// <summary>A resizer between two sizes; safe for several threads at once.</summary>
    /// <param name="from">Height and width of the source, in pixels.</param>
    /// <param name="to">Height and width of the result, in pixels.</param>
    public ImageResizer(int from, int to)
    {
        _from = from;
        _to = to;
        _starts = new int[to];
        _weights = new float[to][];
        for (int i = 0; i < to; i++)
            (_starts[i], _weights[i]) = Filter(i, from, to);
    }

    /// <summary>Resizes one picture, channel by channel.</summary>
    /// <param name="source">Channels of <c>from x from</c> bytes.</param>
    /// <param name="target">As many channels of <c>to x to</c> bytes.</param>
    public void Resize(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int channels = source.Length / (_from * _from);
        float[] rows = ArrayPool<float>.Shared.Rent(_from * _to);
        for (int channel = 0; channel < channels; channel++)
        {
            ResizeRows(source.Slice(channel * _from * _from, _from * _from), rows);
            ResizeColumns(rows, target.Slice(channel * _to * _to, _to * _to));
        }

        ArrayPool<float>.Shared.Return(rows);
    }

    /// <summary>Resizes a whole set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="to">Height and width of the result, in pixels.</param>
    public static ImageSet ResizeAll(ImageSet set, int to)
    {
        var resizer = new ImageResizer(set.Size, to);
        int bytes = set.Channels * to * to;
        byte[] pixels = new byte[checked(set.Count * bytes)];
        int[] labels = new int[set.Count];
        for (int i = 0; i < set.Count; i++)
        {
            resizer.Resize(set.Image(i), pixels.AsSpan(i * bytes, bytes));
            labels[i] = set.Label(i);
        }

        return new ImageSet(set.Name, set.Channels, to, pixels, labels);
    }

    private static (int Start, float[] Weights) Filter(int index, int from, int to)
    {
        double scale = (double)from / to;
        double support = Math.Max(scale, 1.0);
        double centre = (index + 0.5) * scale;
        int start = Math.Max((int)(centre - support + 0.5), 0);
        int end = Math.Min((int)(centre + support + 0.5), from);
        double[] weights = new double[end - start];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = Math.Max(0, 1 - Math.Abs((start + i + 0.5 - centre) / support));
        double sum = weights.Sum();
        return (start, [.. weights.Select(weight => (float)(weight / sum))]);
    }

    private void ResizeRows(ReadOnlySpan<byte> source, float[] rows)
    {
        for (int y = 0; y < _from; y++)
        {
            ReadOnlySpan<byte> row = source.Slice(y * _from, _from);
            for (int x = 0; x < _to; x++)
            {
                float sum = 0;
                float[] weights = _weights[x];
                for (int i = 0; i < weights.Length; i++)
                    sum += weights[i] * row[_starts[x] + i];
                rows[(y * _to) + x] = sum;
            }
        }
    }

    private void ResizeColumns(float[] rows, Span<byte> target)
    {
        for (int y = 0; y < _to; y++)
        {
            float[] weights = _weights[y];
            for (int x = 0; x < _to; x++)
            {
                float sum = 0;
                for (int i = 0; i < weights.Length; i++)
                    sum += weights[i] * rows[((_starts[y] + i) * _to) + x];
                target[(y * _to) + x] = (byte)(sum + 0.5f);
            }
        }
    }
}
