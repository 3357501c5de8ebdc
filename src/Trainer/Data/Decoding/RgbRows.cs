using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Granary.Trainer.Data.Decoding;

/// <summary>Rows of R, G, B, A samples, as Skia gives them, to rows of R, G, B bytes: whatever A says, the colour stays.</summary>
internal static class RgbRows
{
    private const int Vector = 16;

    // Sixteen bytes are four pixels in, twelve bytes out; the last four are overwritten by the next pixels.
    private static readonly Vector128<byte> WithoutAlpha =
        Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 255, 255, 255, 255);

    /// <summary>Packs 8-bit samples.</summary>
    /// <param name="source">Four bytes a pixel.</param>
    /// <param name="target">Three bytes a pixel, of as many pixels.</param>
    public static void Pack(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int pixels = source.Length / 4;
        _ = target[..(3 * pixels)];
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref byte to = ref MemoryMarshal.GetReference(target);
        int i = 0;
        for (; (3 * i) + Vector <= 3 * pixels; i += 4)
            Vector128.Shuffle(Vector128.LoadUnsafe(ref from, (nuint)(4 * i)), WithoutAlpha).StoreUnsafe(ref to, (nuint)(3 * i));
        for (; i < pixels; i++)
            source.Slice(4 * i, 3).CopyTo(target[(3 * i)..]);
    }
}
