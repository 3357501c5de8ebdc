using static TorchSharp.torch;

namespace Granary.Trainer.Insight;

/// <summary>
/// The numbers of one sample while they are still on the device: taken one by one as the step goes, brought to the host together.
/// Owns what it holds. Used from the training thread.
/// </summary>
internal sealed class SampleNumbers : IDisposable
{
    private readonly List<Tensor> _numbers = [];
    private readonly List<Tensor> _histograms = [];

    /// <summary>Single numbers taken so far: the place of the next one.</summary>
    public int Count => _numbers.Count;

    /// <summary>Histograms taken so far: the place of the next one.</summary>
    public int Histograms => _histograms.Count;

    /// <summary>Takes a number.</summary>
    /// <param name="number">A float32 scalar, this object's from here on.</param>
    public void Add(Tensor number) => _numbers.Add(number.DetachFromDisposeScope());

    /// <summary>Takes a histogram.</summary>
    /// <param name="counts">float32, <see cref="LayerHistogram.FineBins"/> long, this object's from here on.</param>
    public void AddHistogram(Tensor counts) => _histograms.Add(counts.DetachFromDisposeScope());

    /// <summary>Brings everything to the host, in one copy.</summary>
    /// <returns>The numbers, then the histograms one after another.</returns>
    public float[] Read()
    {
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        return cat([stack(_numbers), .. _histograms]).cpu().data<float>().ToArray();
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _numbers.ForEach(number => number.Dispose());
        _histograms.ForEach(counts => counts.Dispose());
        _numbers.Clear();
        _histograms.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();
}
