namespace Granary.Trainer.Data.Augmentation;

/// <summary>
/// The random numbers of one example in one epoch: pure functions of (seed, epoch, example, what is drawn), so every rank, thread and
/// resumed run makes the same picture, and switching one augmentation on leaves the draws of the others alone.
/// </summary>
internal readonly struct Draws
{
    /// <summary>Whether to mirror.</summary>
    public const int Flip = 0;

    /// <summary>Where a crop begins, across.</summary>
    public const int CropLeft = 1;

    /// <summary>Where a crop begins, down.</summary>
    public const int CropTop = 2;

    /// <summary>How far to shift across.</summary>
    public const int ShiftAcross = 3;

    /// <summary>How far to shift down.</summary>
    public const int ShiftDown = 4;

    /// <summary>How far to turn.</summary>
    public const int Angle = 5;

    /// <summary>Brightness.</summary>
    public const int Brightness = 6;

    /// <summary>Contrast.</summary>
    public const int Contrast = 7;

    /// <summary>Saturation.</summary>
    public const int Saturation = 8;

    /// <summary>Whether to make it grey.</summary>
    public const int Grey = 9;

    /// <summary>The first of four numbers for each attempt at a random resized crop.</summary>
    public const int CropAttempts = 16;

    // Permutation's purposes are 1 and 2.
    private const long Purpose = 3;

    private readonly ulong _key;

    private Draws(ulong key) => _key = key;

    /// <summary>The numbers of one example in one epoch.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="example">The example's place in the training set, from 0.</param>
    public static Draws Of(long seed, int epoch, int example) => new(SplitMix64.Key(Purpose, seed, epoch, example));

    /// <summary>A number in [0, 1).</summary>
    /// <param name="what">What is drawn: a constant of this type.</param>
    public double Unit(int what) => (SplitMix64.At(_key, (ulong)what) >> 11) * (1.0 / (1L << 53));

    /// <summary>A number in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    /// <param name="what">What is drawn: a constant of this type.</param>
    /// <param name="low">The least.</param>
    /// <param name="high">What it stays below, unless the two are equal.</param>
    public double Between(int what, double low, double high) => low + (Unit(what) * (high - low));

    /// <summary>A whole number in [0, <paramref name="bound"/>).</summary>
    /// <param name="what">What is drawn: a constant of this type.</param>
    /// <param name="bound">At least 1.</param>
    public int Below(int what, int bound) => SplitMix64.Below(_key, (ulong)what, bound);
}
