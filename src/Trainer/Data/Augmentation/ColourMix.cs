using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Granary.Trainer.Data.Augmentation;

/// <summary>
/// Brightness, contrast, saturation and grey in one pass. Each of them mixes a pixel linearly with black, with the picture's mean grey
/// or with its own grey (torchvision's <c>adjust_*</c>), so together they are <c>own x pixel + grey x its grey + offset</c>, in whatever
/// order; the result is rounded and clamped once.
/// </summary>
/// <param name="Own">Weight of the pixel itself.</param>
/// <param name="Grey">Weight of its grey.</param>
/// <param name="Offset">Weight of the picture's mean grey.</param>
internal readonly record struct ColourMix(float Own, float Grey, float Offset)
{
    // ITU-R BT.601, as PIL's convert("L").
    private const float Red = 0.299f;
    private const float Green = 0.587f;
    private const float Blue = 0.114f;

    /// <summary>The mix of the given changes.</summary>
    /// <param name="brightness">1: unchanged; 0: black.</param>
    /// <param name="contrast">1: unchanged; 0: the mean grey everywhere.</param>
    /// <param name="saturation">1: unchanged; 0: grey.</param>
    public static ColourMix Of(double brightness, double contrast, double saturation) =>
        new((float)(brightness * contrast * saturation), (float)(brightness * contrast * (1 - saturation)), (float)(brightness * (1 - contrast)));

    /// <summary>Changes a picture in place.</summary>
    /// <param name="pixels">1 or 3 planes.</param>
    /// <param name="channels">1 or 3.</param>
    public void Apply(Span<byte> pixels, int channels)
    {
        int plane = pixels.Length / channels;
        if (channels == 1)
        {
            float offset = Offset == 0 ? 0 : Offset * Mean(pixels);
            Mix(pixels, pixels, pixels, new Mixing(Own + Grey, 0, 0, 0, offset));
            return;
        }

        Span<byte> red = pixels[..plane];
        Span<byte> green = pixels.Slice(plane, plane);
        Span<byte> blue = pixels.Slice(2 * plane, plane);
        float grey = Offset == 0 ? 0 : Offset * ((Red * Mean(red)) + (Green * Mean(green)) + (Blue * Mean(blue)));
        Mix(red, green, blue, new Mixing(Own, Grey * Red, Grey * Green, Grey * Blue, grey));
    }

    private static float Mean(ReadOnlySpan<byte> plane)
    {
        long sum = 0;
        foreach (byte pixel in plane)
            sum += pixel;
        return (float)((double)sum / plane.Length);
    }

    private static void Mix(Span<byte> red, Span<byte> green, Span<byte> blue, Mixing mixing)
    {
        bool grey = red == green;
        int i = 0;
        for (; i <= red.Length - ByteVectors.Count; i += ByteVectors.Count)
        {
            ref byte r = ref red[i];
            ref byte g = ref green[i];
            ref byte b = ref blue[i];
            Vector256<float> reds = ByteVectors.Load(ref r);
            Vector256<float> greens = ByteVectors.Load(ref g);
            Vector256<float> blues = ByteVectors.Load(ref b);
            Vector256<float> shared = (reds * mixing.Red) + (greens * mixing.Green) + (blues * mixing.Blue) + Vector256.Create(mixing.Offset);
            ByteVectors.Store((reds * mixing.Own) + shared, ref r);
            if (grey)
                continue;
            ByteVectors.Store((greens * mixing.Own) + shared, ref g);
            ByteVectors.Store((blues * mixing.Own) + shared, ref b);
        }

        for (; i < red.Length; i++)
        {
            (float r, float g, float b) = (red[i], green[i], blue[i]);
            float shared = (r * mixing.Red) + (g * mixing.Green) + (b * mixing.Blue) + mixing.Offset;
            red[i] = ByteVectors.Round((r * mixing.Own) + shared);
            if (grey)
                continue;
            green[i] = ByteVectors.Round((g * mixing.Own) + shared);
            blue[i] = ByteVectors.Round((b * mixing.Own) + shared);
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Mixing(float Own, float Red, float Green, float Blue, float Offset);
}
