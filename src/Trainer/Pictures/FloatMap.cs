using SkiaSharp;

namespace Granary.Trainer.Pictures;

/// <summary>Numbers over a plane, such as one channel of a layer's output.</summary>
internal sealed class FloatMap
{
    private readonly float[] _values;

    /// <summary>A map over the given numbers, which it keeps.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="values">Row by row.</param>
    /// <exception cref="ArgumentException">There are not as many numbers as the sizes say.</exception>
    public FloatMap(int width, int height, float[] values)
    {
        if (width < 1 || height < 1 || values.LongLength != (long)width * height)
            throw new ArgumentException($"A map of {width}x{height} numbers was given {values.LongLength}.", nameof(values));
        Width = width;
        Height = height;
        _values = values;
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Row by row.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The least finite number and the greatest; 0 and 0 when none is finite.</summary>
    public (float Low, float High) Range
    {
        get
        {
            float[] finite = [.. _values.Where(float.IsFinite)];
            return finite.Length == 0 ? (0, 0) : (finite.Min(), finite.Max());
        }
    }

    /// <summary>One number.</summary>
    /// <param name="x">Its column.</param>
    /// <param name="y">Its row.</param>
    public float this[int x, int y] => _values[(y * Width) + x];

    /// <summary>Another map with each number replaced.</summary>
    /// <param name="change">From the old number to the new.</param>
    public FloatMap Select(Func<float, float> change) => new(Width, Height, Array.ConvertAll(_values, value => change(value)));

    /// <summary>The finite numbers spread over 0 to 1; all 0 where they are all the same.</summary>
    public FloatMap Spread()
    {
        (float low, float high) = Range;
        float span = high - low;
        return Select(value => !float.IsFinite(value) ? value : span > 0 ? (value - low) / span : 0);
    }

    /// <summary>This map in another size, bilinear, as PyTorch's <c>interpolate(mode='bilinear', align_corners=False)</c>.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    public FloatMap ScaledBilinear(int width, int height)
    {
        float[] scaled = new float[checked(width * height)];
        for (int y = 0; y < height; y++)
        {
            (int top, int bottom, double down) = Between(y, Height, height);
            for (int x = 0; x < width; x++)
            {
                (int left, int right, double along) = Between(x, Width, width);
                double upper = Mix(this[left, top], this[right, top], along);
                scaled[(y * width) + x] = (float)Mix(upper, Mix(this[left, bottom], this[right, bottom], along), down);
            }
        }

        return new FloatMap(width, height, scaled);
    }

    /// <summary>Paints each number as one pixel.</summary>
    /// <param name="map">Colours of 0 to 1.</param>
    public SKBitmap Paint(ColourMap map) => Bitmaps.Paint(Width, Height, (x, y) => map.At(this[x, y]));

    // The two neighbours of a pixel of the result, and how far it lies from the first to the second: pixel centres are at half coordinates,
    // edges are repeated.
    private static (int First, int Second, double Share) Between(int index, int from, int to)
    {
        double at = Math.Max(((index + 0.5) * from / to) - 0.5, 0);
        int first = Math.Min((int)at, from - 1);
        int second = Math.Min(first + 1, from - 1);
        return (first, second, first == second ? 0 : at - first);
    }

    private static double Mix(double from, double to, double share) => from + ((to - from) * share);
}
