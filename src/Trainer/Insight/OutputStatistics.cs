using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Insight;

/// <summary>
/// One layer's output: mean, standard deviation and shares near zero over all of its numbers, and the histogram over a subset of a large
/// one. A CPU reads its numbers at once, in parts that stay in the cache and are put together (<see cref="ValueSums"/>). On other devices the
/// whole tensor is one part, and a few kernels leave their results there until the sample is read.
/// </summary>
internal sealed class OutputStatistics
{
    /// <summary>fastai's bound: an output at or below it counts as near zero.</summary>
    public const float NearZero = 0.05f;

    /// <summary>Outputs that a histogram looks at, at most.</summary>
    public const int MostExamined = 16_384;

    private readonly WatchedLayer _layer;
    private readonly long _length;
    private readonly long _examined;
    private readonly ValueSums? _sums;
    private readonly DeviceSums _onDevice;
    private readonly int _histogram;

    private OutputStatistics(WatchedLayer layer, Tensor flat, SampleNumbers numbers)
    {
        (_layer, _length) = (layer, flat.numel());
        Tensor values = flat.to(ScalarType.Float32);
        if (flat.device_type == DeviceType.CPU)
            _sums = ValueSums.Of(MemoryMarshal.Cast<byte, float>(values.bytes), NearZero);
        else
            _onDevice = Start(values, numbers);
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
        ValueSums sums = _sums ?? _onDevice.Read(numbers, _length);
        ReadOnlySpan<float> fine = numbers.Histogram(_histogram);
        return new LayerSample
        {
            Layer = _layer.Name,
            Kind = _layer.Kind,
            Mean = sums.Mean,
            StandardDeviation = Math.Sqrt(sums.Squares / Math.Max(1, _length - 1)),
            NearZero = (double)sums.AtMost / _length,
            AbsoluteNearZero = (double)(sums.AtMost - sums.Below) / _length,
            Histogram = LayerHistogram.Of(fine, _examined, signed || sums.Below > 0 || fine[..LayerHistogram.Bins].ContainsAnyExcept(0f)),
        };
    }

    private DeviceSums Start(Tensor values, SampleNumbers numbers)
    {
        Tensor mean = values.mean();
        Tensor centred = values.sub(mean);
        return new DeviceSums(
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

    /// <summary>Where the results are: mean, sum of squares about it, counts at most 0.05 and below -0.05 (-1: none).</summary>
    private readonly record struct DeviceSums(int Mean, int Squares, int AtMost, int Below)
    {
        public ValueSums Read(SampleNumbers numbers, long length) => new(
            length,
            numbers.Number(Mean),
            numbers.Number(Squares),
            (long)numbers.Counted(AtMost),
            Below < 0 ? 0 : (long)numbers.Counted(Below));
    }
}
