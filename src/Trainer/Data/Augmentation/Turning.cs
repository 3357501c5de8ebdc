using System.Buffers;

namespace Granary.Trainer.Data.Augmentation;

/// <summary>
/// Shows a turned frame of a picture: bilinear, zeros outside of the picture. One interpolation, unless the picture shrinks: then it
/// is first resampled to the result's scale, so that no pixel is skipped.
/// </summary>
internal static class Turning
{
    // Pixels beyond the turned frame that interpolation and the resampling filter may touch, in pixels of the result.
    private const double Margin = 3;

    // Pixels beyond those that the resampling filter itself takes.
    private const double Support = 1;

    /// <summary>What <see cref="Show"/> needs of a picture.</summary>
    /// <param name="width">The picture's width.</param>
    /// <param name="height">The picture's height.</param>
    /// <param name="frame">The part of it to show.</param>
    /// <param name="size">Height and width of the result.</param>
    public static PixelArea Area(int width, int height, Frame frame, int size) => Reach(width, height, frame, size, Margin + Support);

    /// <summary>Shows the frame.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="frame">The part of it to show.</param>
    /// <param name="size">Height and width of the result.</param>
    /// <param name="target">The result, plane by plane.</param>
    public static void Show(in Pixels source, Frame frame, int size, Span<byte> target)
    {
        if (frame.Width <= size && frame.Height <= size)
        {
            Sample(source, frame, size, target);
            return;
        }

        (int left, int top, int right, int bottom) = Reach(source.Width, source.Height, frame, size, Margin);
        int width = Math.Max(1, (int)Math.Ceiling((right - left) * Math.Min(1, size / frame.Width)));
        int height = Math.Max(1, (int)Math.Ceiling((bottom - top) * Math.Min(1, size / frame.Height)));
        byte[] small = ArrayPool<byte>.Shared.Rent(width * height * source.Channels);
        Resampler.Resample(
            source,
            ResampleAxis.Of(source.Width, left, right - left, width),
            ResampleAxis.Of(source.Height, top, bottom - top, height),
            small);
        double across = (double)width / (right - left);
        double down = (double)height / (bottom - top);
        var within = new Frame((frame.Left - left) * across, (frame.Top - top) * down, frame.Width * across, frame.Height * down, frame.Angle);
        Sample(new Pixels(small, width, height, source.Channels, interleaved: false), within, size, target);
        ArrayPool<byte>.Shared.Return(small);
    }

    private static PixelArea Reach(int width, int height, Frame frame, int size, double margin)
    {
        (int left, int right) = Reach(frame.Left, frame.Width, frame.Angle, width, margin * Math.Max(1, frame.Width / size));
        (int top, int bottom) = Reach(frame.Top, frame.Height, frame.Angle, height, margin * Math.Max(1, frame.Height / size));
        return new PixelArea(left, top, right, bottom);
    }

    // What of the picture the turned frame can touch, along one direction.
    private static (int From, int To) Reach(double from, double extent, double angle, int length, double margin)
    {
        double radians = angle * Math.PI / 180;
        double turned = (Math.Abs(Math.Cos(radians)) + Math.Abs(Math.Sin(radians))) * extent / 2;
        double middle = from + (extent / 2);
        int first = Math.Clamp((int)Math.Floor(middle - turned - margin), 0, length - 1);
        return (first, Math.Clamp((int)Math.Ceiling(middle + turned + margin), first + 1, length));
    }

    private static void Sample(in Pixels source, Frame frame, int size, Span<byte> target)
    {
        double radians = frame.Angle * Math.PI / 180;
        double cos = Math.Cos(radians) / size;
        double sin = Math.Sin(radians) / size;
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                double across = x + 0.5 - (size / 2.0);
                double down = y + 0.5 - (size / 2.0);
                float sourceX = (float)(frame.Left + (frame.Width * (0.5 + (across * cos) - (down * sin))) - 0.5);
                float sourceY = (float)(frame.Top + (frame.Height * (0.5 + (across * sin) + (down * cos))) - 0.5);
                Blend(source, sourceX, sourceY, target[((y * size) + x)..], size * size);
            }
        }
    }

    private static void Blend(in Pixels source, float x, float y, Span<byte> target, int plane)
    {
        int left = (int)MathF.Floor(x);
        int top = (int)MathF.Floor(y);
        bool outside = left < -1 || top < -1 || left >= source.Width || top >= source.Height;
        float right = x - left;
        float below = y - top;
        int at = ((top * source.Width) + left) * source.PixelStride;
        int row = source.Width * source.PixelStride;
        for (int channel = 0; channel < source.Channels; channel++, at += source.ChannelStride)
        {
            float value = 0;
            if (!outside)
            {
                if (top >= 0)
                    value = (1 - below) * Pair(source, at, left, right);
                if (top + 1 < source.Height)
                    value += below * Pair(source, at + row, left, right);
            }

            target[channel * plane] = ByteVectors.Round(value);
        }
    }

    private static float Pair(in Pixels source, int at, int left, float right)
    {
        float value = left >= 0 ? (1 - right) * source.Bytes[at] : 0;
        return left + 1 < source.Width ? value + (right * source.Bytes[at + source.PixelStride]) : value;
    }
}
