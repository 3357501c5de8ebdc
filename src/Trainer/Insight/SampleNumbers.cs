using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Insight;

/// <summary>
/// The numbers of one sample while they are still on the device: taken one by one as the step goes, brought to the host together.
/// Owns what it holds. Used from the training thread.
/// </summary>
internal sealed class SampleNumbers : IDisposable
{
    private readonly List<Tensor> _numbers = [];
    private readonly List<Tensor> _counts = [];
    private readonly List<Tensor> _histograms = [];
    private float[] _read = [];

    /// <summary>Takes a number.</summary>
    /// <param name="number">A float32 scalar, this object's from here on.</param>
    /// <returns>Its place.</returns>
    public int Add(Tensor number) => Add(_numbers, number);

    /// <summary>Takes a count.</summary>
    /// <param name="count">An int64 scalar, this object's from here on.</param>
    /// <returns>Its place.</returns>
    public int AddCount(Tensor count) => Add(_counts, count);

    /// <summary>Takes a histogram.</summary>
    /// <param name="counts">float32, <see cref="LayerHistogram.FineBins"/> long, this object's from here on.</param>
    /// <returns>Its place.</returns>
    public int AddHistogram(Tensor counts) => Add(_histograms, counts);

    /// <summary>Brings everything to the host, in one copy. Counts beyond 16 million lose their last digits.</summary>
    public void Read()
    {
        using DisposeScope scope = NewDisposeScope();
        List<Tensor> all = [.. _histograms];
        if (_numbers.Count > 0)
            all.Insert(0, stack(_numbers));
        if (_counts.Count > 0)
            all.Insert(1, stack(_counts).to(ScalarType.Float32));
        _read = cat(all).cpu().data<float>().ToArray();
    }

    /// <summary>A number, once <see cref="Read"/>.</summary>
    /// <param name="place">Where <see cref="Add(Tensor)"/> put it.</param>
    public double Number(int place) => _read[place];

    /// <summary>A count, once <see cref="Read"/>.</summary>
    /// <param name="place">Where <see cref="AddCount"/> put it.</param>
    public double Counted(int place) => _read[_numbers.Count + place];

    /// <summary>A histogram, once <see cref="Read"/>.</summary>
    /// <param name="place">Where <see cref="AddHistogram"/> put it.</param>
    public ReadOnlySpan<float> Histogram(int place) =>
        _read.AsSpan(_numbers.Count + _counts.Count + (place * LayerHistogram.FineBins), LayerHistogram.FineBins);

    /// <summary>Gives the device's memory back.</summary>
    public void Dispose()
    {
        foreach (List<Tensor> held in new[] { _numbers, _counts, _histograms })
        {
            held.ForEach(tensor => tensor.Dispose());
            held.Clear();
        }
    }

    private static int Add(List<Tensor> held, Tensor tensor)
    {
        held.Add(tensor.DetachFromDisposeScope());
        return held.Count - 1;
    }
}
