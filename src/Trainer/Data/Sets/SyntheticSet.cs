using System.Runtime.InteropServices;

namespace Granary.Trainer.Data.Sets;

/// <summary>
/// A set for machines without data: coloured stripes under noise, 10 classes, 10,000 and 2,000 pictures, drawn when they are read and
/// always the same. A class is how wide the stripes are and where they point; each example shifts them and fades
/// them by an amount of its own, so no single pixel tells the class, and a network has to learn edges.
/// </summary>
internal sealed class SyntheticSet : IStoredImages
{
    /// <summary>Height and width unless the run asks for others, in pixels.</summary>
    public const int DefaultSize = 32;

    private const int TrainCount = 10_000;
    private const int ValidCount = 2_000;
    private const int Classes = 10;
    private const int Angles = 5;
    private const int Turn = 256;
    private const int FullContrast = 256;
    private const int FaintestContrast = 80;
    private const int NoiseAmplitude = 72;

    // Beyond this, drawing takes longer than a copy by enough to share it.
    private const int LargestCheap = 64;

    // Permutation's purposes are 1 and 2, augmentation's is 3.
    private const long Purpose = 4;

    private static readonly int[] Amplitudes = [52, 40, 28];
    private static readonly sbyte[] Sine = [.. Enumerable.Range(0, Turn).Select(i => (sbyte)Math.Round(127 * Math.Sin(2 * Math.PI * i / Turn)))];

    private readonly int[] _examples;
    private readonly bool _valid;

    private SyntheticSet(int size, bool valid, int[] examples)
    {
        Size = size;
        _valid = valid;
        _examples = examples;
    }

    /// <inheritdoc/>
    public int Count => _examples.Length;

    /// <inheritdoc/>
    public int Channels => 3;

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public bool IsCostly => Size > LargestCheap;

    /// <summary>Both parts.</summary>
    /// <param name="size">Height and width of the pictures, in pixels.</param>
    public static StoredSet Load(int size) => new(
        new FixedPictures(new SyntheticSet(size, valid: false, [.. Enumerable.Range(0, TrainCount)])),
        new FixedPictures(new SyntheticSet(size, valid: true, [.. Enumerable.Range(0, ValidCount)])),
        ClassNames.Synthetic,
        new Normalisation([0.5f, 0.5f, 0.5f], [0.190f, 0.180f, 0.171f]));

    /// <inheritdoc/>
    public int Label(int index) => _examples[index] % Classes;

    /// <inheritdoc/>
    public IStoredImages Select(ReadOnlySpan<int> indices)
    {
        int[] chosen = new int[indices.Length];
        for (int i = 0; i < chosen.Length; i++)
            chosen[i] = _examples[indices[i]];
        return new SyntheticSet(Size, _valid, chosen);
    }

    /// <inheritdoc/>
    public void CopyTo(int index, Span<byte> target)
    {
        ulong key = SplitMix64.Key(Purpose, _valid ? 1 : 0, _examples[index]);
        (int across, int down) = Stripes(Label(index));
        int shift = SplitMix64.Below(key, 0, Turn << 16);
        int contrast = FaintestContrast + SplitMix64.Below(key, 1, FullContrast - FaintestContrast + 1);
        int plane = Size * Size;
        Span<ulong> noise = stackalloc ulong[1];
        for (int channel = 0; channel < Channels; channel++)
        {
            Span<byte> pixels = target.Slice(channel * plane, plane);
            for (int i = 0; i < plane; i++)
            {
                if (i % sizeof(ulong) == 0)
                    noise[0] = SplitMix64.At(key, (ulong)(2 + (((channel * plane) + i) / sizeof(ulong)) + channel));
                int angle = (shift + (across * (i % Size)) + (down * (i / Size))) >> 16;
                int stripe = (Sine[angle & (Turn - 1)] * Amplitudes[channel] * contrast) >> 15;
                int grain = ((MemoryMarshal.AsBytes(noise)[i % sizeof(ulong)] - 128) * NoiseAmplitude) >> 7;
                pixels[i] = (byte)(128 + stripe + grain);
            }
        }
    }

    // How far the stripes' angle turns from a pixel to the next, in 65,536ths of a 256th of a turn.
    private (int Across, int Down) Stripes(int label)
    {
        double direction = Math.PI * (label % Angles) / Angles;
        double perPixel = (label < Angles ? 3.0 : 6.0) * Turn * 65_536 / Size;
        return ((int)Math.Round(Math.Cos(direction) * perPixel), (int)Math.Round(Math.Sin(direction) * perPixel));
    }
}
