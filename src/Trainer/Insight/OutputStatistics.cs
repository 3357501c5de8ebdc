using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Insight;

/// <summary>
/// One layer's output: mean, standard deviation and shares near zero over all of its numbers, and the histogram over a subset of a large
/// one. On a CPU the tensor is taken in parts that stay in the cache, and each part is centred by its own mean, so that outputs far from
/// zero lose no digits; the parts are put together on the host (Chan, Golub and LeVeque, "Updating Formulae and a Pairwise Algorithm for
/// Computing Sample Variances", 1979). On other devices the whole tensor is one part: few kernels instead of small ones.
/// </summary>
internal sealed class OutputStatistics
{
    /// <summary>fastai's bound: an output at or below it counts as near zero.</summary>
    public const float NearZero = 0.05f;

    /// <summary>Outputs that a histogram looks at, at most.</summary>
    public const int MostExamined = 16_384;

    // Not above libtorch's grain: a part is one thread's work, which does not wait for others on a busy machine.
    private const long PartLength = 32_768;

    private readonly WatchedLayer _layer;
    private readonly long _length;
    private readonly long _examined;
    private readonly List<Part> _parts = [];
    private readonly int _histogram;

    private OutputStatistics(WatchedLayer layer, Tensor flat, SampleNumbers numbers)
    {
        (_layer, _length) = (layer, flat.numel());
        long partLength = flat.device_type == DeviceType.CPU ? PartLength : _length;
        for (long start = 0; start < _length; start += partLength)
            _parts.Add(Take(flat.narrow(0, start, Math.Min(partLength, _length - start)), numbers));
        long stride = Stride(_length);
        Tensor subset = stride == 1 ? flat : flat.slice(0, 0, _length, stride);
        _examined = subset.numel();
        _histogram = numbers.AddHistogram(
            subset.to(ScalarType.Float32).histc(LayerHistogram.FineBins, -LayerHistogram.Limit, LayerHistogram.Limit));
    }

    /// <summary>Starts the computation on the output's device; it is not waited for.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="output">Its output, at least one number of any float type; not changed and not kept.</param>
    /// <param name="numbers">Takes the results.</param>
    public static OutputStatistics Take(WatchedLayer layer, Tensor output, SampleNumbers numbers)
    {
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        return new OutputStatistics(layer, FlatTensor.Of(output.detach()), numbers);
    }

    /// <summary>The layer's output at this step.</summary>
    /// <param name="numbers">The results, read.</param>
    /// <param name="signed">The layer's outputs have been negative before.</param>
    public LayerSample ToSample(SampleNumbers numbers, bool signed)
    {
        double seen = 0, mean = 0, squares = 0, near = 0, low = 0;
        foreach (Part part in _parts)
        {
            double difference = numbers.Number(part.Mean) - mean;
            squares += numbers.Number(part.Squares) + (difference * difference * seen * part.Length / (seen + part.Length));
            mean += difference * part.Length / (seen + part.Length);
            near += numbers.Counted(part.Near);
            low += part.Low < 0 ? 0 : numbers.Counted(part.Low);
            seen += part.Length;
        }

        ReadOnlySpan<float> fine = numbers.Histogram(_histogram);
        return new LayerSample
        {
            Layer = _layer.Name,
            Kind = _layer.Kind,
            Mean = mean,
            StandardDeviation = Math.Sqrt(squares / Math.Max(1, _length - 1)),
            NearZero = near / _length,
            AbsoluteNearZero = (near - low) / _length,
            Histogram = LayerHistogram.Of(fine, _examined, signed || low > 0 || fine[..LayerHistogram.Bins].ContainsAnyExcept(0f)),
        };
    }

    // Every pass over a part finds it in the cache.
    private Part Take(Tensor part, SampleNumbers numbers)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor values = part.to(ScalarType.Float32);
        Tensor mean = values.mean();
        Tensor centred = values.sub(mean);
        return new Part(
            values.numel(),
            numbers.Add(mean),
            numbers.Add(centred.dot(centred)),
            numbers.AddCount(values.le(NearZero).count_nonzero()),
            _layer.NeverNegative ? -1 : numbers.AddCount(values.lt(-NearZero).count_nonzero()));
    }

    // Shares no factor with the length, and so none with rows, columns or channels: every one of them is met.
    private static long Stride(long length)
    {
        long stride = (length + MostExamined - 1) / MostExamined;
        while (stride > 1 && Gcd(stride, length) != 1)
            stride++;
        return Math.Max(1, stride);
    }

    private static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);

    /// <summary>A part's length and where its results are: sum of squares about its mean, counts at most 0.05 and below -0.05 (-1: none).</summary>
    private readonly record struct Part(long Length, int Mean, int Squares, int Near, int Low);
}
