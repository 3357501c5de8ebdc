namespace Granary.Trainer.Data.Augmentation;

/// <summary>
/// The bilinear filter of one direction: which source pixels make up each result pixel, and with what weights. Pixel centres are at half
/// coordinates; when shrinking, the triangle is widened so that no pixel is skipped; at the source's edges the weights that are left add
/// up to one. PIL's <c>resize(box=...)</c> uses the same filter.
/// </summary>
internal sealed class ResampleAxis
{
    private int[] _starts = [];
    private int[] _counts = [];
    private float[] _weights = [];
    private int _stride;

    /// <summary>Result pixels.</summary>
    public int Length { get; private set; }

    /// <summary>The first source pixel that any result pixel needs.</summary>
    public int First => _starts[0];

    /// <summary>The source pixel after the last that any result pixel needs.</summary>
    public int End => _starts[Length - 1] + _counts[Length - 1];

    /// <summary>A filter of its own.</summary>
    /// <param name="source">Pixels of the source.</param>
    /// <param name="from">Where the part to resample begins, in source pixels, fractions allowed.</param>
    /// <param name="extent">The length of that part, above 0.</param>
    /// <param name="length">Result pixels, at least 1.</param>
    public static ResampleAxis Of(int source, double from, double extent, int length)
    {
        var axis = new ResampleAxis();
        axis.Set(source, from, extent, length);
        return axis;
    }

    /// <summary>Makes this the filter of other sizes, in the memory that it has.</summary>
    /// <param name="source">Pixels of the source.</param>
    /// <param name="from">Where the part to resample begins, in source pixels, fractions allowed.</param>
    /// <param name="extent">The length of that part, above 0.</param>
    /// <param name="length">Result pixels, at least 1.</param>
    public void Set(int source, double from, double extent, int length)
    {
        double scale = extent / length;
        double support = Math.Max(scale, 1.0);
        Length = length;
        _stride = (2 * (int)Math.Ceiling(support)) + 1;
        if (_starts.Length < length)
            (_starts, _counts) = (new int[length], new int[length]);
        if (_weights.Length < length * _stride)
            _weights = new float[length * _stride];
        for (int i = 0; i < length; i++)
            SetOne(i, source, from + ((i + 0.5) * scale), support);
    }

    /// <summary>The first source pixel of a result pixel.</summary>
    /// <param name="index">The result pixel.</param>
    public int Start(int index) => _starts[index];

    /// <summary>The weights of a result pixel, from its first source pixel on; they add up to one.</summary>
    /// <param name="index">The result pixel.</param>
    public ReadOnlySpan<float> Weights(int index) => _weights.AsSpan(index * _stride, _counts[index]);

    private void SetOne(int index, int source, double centre, double support)
    {
        int start = Math.Clamp((int)(centre - support + 0.5), 0, source - 1);
        int end = Math.Clamp((int)(centre + support + 0.5), start + 1, source);
        Span<float> weights = _weights.AsSpan(index * _stride, _stride);
        double sum = 0;
        for (int i = start; i < end; i++)
            sum += Math.Max(0, 1 - Math.Abs((i + 0.5 - centre) / support));
        for (int i = start; i < end; i++)
            weights[i - start] = (float)(Math.Max(0, 1 - Math.Abs((i + 0.5 - centre) / support)) / sum);
        _starts[index] = start;
        _counts[index] = end - start;
    }
}
