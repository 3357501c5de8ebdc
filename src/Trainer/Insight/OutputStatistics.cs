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
    public const double NearZero = 0.05;

    /// <summary>Outputs that a histogram looks at, at most.</summary>
    public const int MostExamined = 16_384;

    // Not above libtorch's grain: a part is one thread's work, which does not wait for others on a busy machine.
    private const long PartLength = 32_768;

    private readonly WatchedLayer _layer;
    private readonly long _length;
    private readonly long _partLength;
    private readonly long _examined;
    private readonly int _first;
    private readonly int _histogram;

    private OutputStatistics(WatchedLayer layer, Tensor flat, long examined, SampleNumbers numbers)
    {
        (_layer, _length, _examined) = (layer, flat.numel(), examined);
        _partLength = flat.device_type == DeviceType.CPU ? PartLength : Math.Max(1, _length);
        (_first, _histogram) = (numbers.Count, numbers.Histograms);
    }

    /// <summary>The layer.</summary>
    public WatchedLayer Layer => _layer;

    /// <summary>Starts the computation on the output's device; it is not waited for.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="output">Its output, at least one number of any float type; not changed and not kept.</param>
    /// <param name="numbers">Takes the results.</param>
    public static OutputStatistics Take(WatchedLayer layer, Tensor output, SampleNumbers numbers)
    {
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor flat = Flat(output.detach());
        long stride = Stride(flat.numel());
        Tensor subset = stride == 1 ? flat : flat.slice(0, 0, flat.numel(), stride);
        var statistics = new OutputStatistics(layer, flat, subset.numel(), numbers);
        for (long start = 0; start < flat.numel(); start += statistics._partLength)
            statistics.TakePart(flat.narrow(0, start, Math.Min(statistics._partLength, flat.numel() - start)), numbers);
        numbers.AddHistogram(
            subset.to(ScalarType.Float32).histc(LayerHistogram.FineBins, -LayerHistogram.Limit, LayerHistogram.Limit));
        return statistics;
    }

    /// <summary>The layer's output at this step.</summary>
    /// <param name="numbers">What <see cref="SampleNumbers.Read"/> gave.</param>
    /// <param name="count">Single numbers among them.</param>
    /// <param name="signed">The layer's outputs have been negative before.</param>
    public LayerSample ToSample(ReadOnlySpan<float> numbers, int count, bool signed)
    {
        double mean = 0, squares = 0, near = 0, absolute = 0;
        int part = _first;
        for (long start = 0; start < _length; start += _partLength, part += _layer.NeverNegative ? 3 : 4)
        {
            double n = Math.Min(_partLength, _length - start);
            double difference = (numbers[part] / n) - mean;
            squares += numbers[part + 1] + (difference * difference * start * n / (start + n));
            mean += difference * n / (start + n);
            near += numbers[part + 2];
            absolute += numbers[_layer.NeverNegative ? part + 2 : part + 3];
        }

        ReadOnlySpan<float> fine = numbers.Slice(count + (_histogram * LayerHistogram.FineBins), LayerHistogram.FineBins);
        bool negative = signed || near > absolute || fine[..LayerHistogram.Bins].ContainsAnyExcept(0f);
        return new LayerSample
        {
            Layer = _layer.Name,
            Kind = _layer.Kind,
            Mean = mean,
            StandardDeviation = Math.Sqrt(squares / Math.Max(1, _length - 1)),
            NearZero = near / _length,
            AbsoluteNearZero = absolute / _length,
            Histogram = LayerHistogram.Of(fine, _examined, negative),
        };
    }

    // Every pass over a part finds it in the cache. A comparison in place, on a copy, is several times faster than one that gives booleans.
    private void TakePart(Tensor part, SampleNumbers numbers)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor values = part.to(ScalarType.Float32);
        Tensor sum = values.sum();
        numbers.Add(sum);
        Tensor scratch = values.sub(sum / part.numel());
        numbers.Add(scratch.dot(scratch));
        numbers.Add(scratch.copy_(values).le_(NearZero).sum());
        if (!_layer.NeverNegative)
            numbers.Add(scratch.copy_(values).abs_().le_(NearZero).sum());
    }

    // The numbers in the order they have in memory, without a copy for either of the usual memory formats.
    private static Tensor Flat(Tensor output)
    {
        if (output.is_contiguous())
            return output.view(-1);
        if (output.dim() == 4 && output.permute(0, 2, 3, 1) is var channelsLast && channelsLast.is_contiguous())
            return channelsLast.view(-1);
        return output.reshape(-1);
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
}
