using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Granary.Trainer.Data.Augmentation;

/// <summary>
/// Bilinear resampling of a part of a byte picture: down, then across, in floats, rounded to bytes once. PIL and torchvision's
/// <c>Resize</c>, which the d2l text uses, weigh alike but round between the two passes too, so a pixel may differ by one from theirs.
/// </summary>
internal static class Resampler
{
    // A pixel of three channels is read as four floats.
    private const int Padding = 1;

    /// <summary>Resamples.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="across">The filter along its rows.</param>
    /// <param name="down">The filter along its columns.</param>
    /// <param name="target">The result: as many planes as the source has channels, each of down.Length rows of across.Length.</param>
    public static void Resample(in Pixels source, ResampleAxis across, ResampleAxis down, Span<byte> target)
    {
        int plane = across.Length * down.Length;
        int needed = (across.End - across.First) * source.PixelStride;
        float[] row = ArrayPool<float>.Shared.Rent(needed + Padding);
        bool interleaved = source.PixelStride == 3;
        for (int channel = 0; channel < (interleaved ? 1 : source.Channels); channel++)
        {
            int first = (channel * source.ChannelStride) + (across.First * source.PixelStride);
            int stride = source.Width * source.PixelStride;
            for (int y = 0; y < down.Length; y++)
            {
                SumRows(source.Bytes[(first + (down.Start(y) * stride))..], stride, down.Weights(y), row.AsSpan(0, needed));
                if (interleaved)
                    SumTriples(row, across, target[(y * across.Length)..], plane);
                else
                    SumPixels(row, across, target.Slice((channel * plane) + (y * across.Length), across.Length));
            }
        }

        ArrayPool<float>.Shared.Return(row);
    }

    private static void SumRows(ReadOnlySpan<byte> source, int stride, ReadOnlySpan<float> weights, Span<float> row)
    {
        int x = 0;
        ref readonly byte first = ref MemoryMarshal.GetReference(source);
        // Checked once: the last row's last element; all others lie before it.
        _ = source[((weights.Length - 1) * stride) + row.Length - 1];
        for (; x <= row.Length - ByteVectors.Count; x += ByteVectors.Count)
        {
            Vector256<float> sum = Vector256<float>.Zero;
            for (int i = 0; i < weights.Length; i++)
                sum += ByteVectors.Load(in Unsafe.Add(ref Unsafe.AsRef(in first), (i * stride) + x)) * weights[i];
            sum.CopyTo(row[x..]);
        }

        for (; x < row.Length; x++)
        {
            float sum = 0;
            for (int i = 0; i < weights.Length; i++)
                sum += source[(i * stride) + x] * weights[i];
            row[x] = sum;
        }
    }

    private static void SumPixels(ReadOnlySpan<float> row, ResampleAxis across, Span<byte> target)
    {
        for (int x = 0; x < target.Length; x++)
        {
            ReadOnlySpan<float> weights = across.Weights(x);
            ReadOnlySpan<float> values = row.Slice(across.Start(x) - across.First, weights.Length);
            float sum = 0;
            for (int i = 0; i < weights.Length; i++)
                sum += weights[i] * values[i];
            target[x] = ByteVectors.Round(sum);
        }
    }

    private static void SumTriples(ReadOnlySpan<float> row, ResampleAxis across, Span<byte> target, int plane)
    {
        for (int x = 0; x < across.Length; x++)
        {
            ReadOnlySpan<float> weights = across.Weights(x);
            ReadOnlySpan<float> values = row.Slice(3 * (across.Start(x) - across.First), (3 * weights.Length) + Padding);
            Vector128<float> sum = Vector128<float>.Zero;
            for (int i = 0; i < weights.Length; i++)
                sum += Vector128.LoadUnsafe(in values[0], (nuint)(3 * i)) * weights[i];
            target[x] = ByteVectors.Round(sum[0]);
            target[plane + x] = ByteVectors.Round(sum[1]);
            target[(2 * plane) + x] = ByteVectors.Round(sum[2]);
        }
    }
}
