namespace Granary.Trainer.Insight;

/// <summary>
/// A run's samples, bounded: when there are too many, the one whose neighbours are closest in steps is dropped, so that what stays is
/// spread evenly over the run. The first and the newest always stay. Not thread-safe.
/// </summary>
internal sealed class LayerHistory
{
    /// <summary>Samples kept at most, of networks with few layers.</summary>
    public const int MostSamples = 512;

    /// <summary>Samples kept at least, of networks with many layers.</summary>
    public const int FewestSamples = 64;

    /// <summary>Samples times layers, at most: some 13 MB on disk.</summary>
    public const int MostEntries = 40_000;

    private readonly List<WatchSample> _samples = [];

    /// <summary>In order of step.</summary>
    public IReadOnlyList<WatchSample> Samples => _samples;

    /// <summary>Adds a sample. Later ones, which an attempt that went on from a checkpoint repeats, are dropped first.</summary>
    /// <param name="sample">The sample.</param>
    public void Add(WatchSample sample)
    {
        _samples.RemoveAll(known => known.Step >= sample.Step);
        _samples.Add(sample);
        int most = Math.Clamp(MostEntries / Math.Max(1, sample.Layers.Count), FewestSamples, MostSamples);
        while (_samples.Count > most)
            _samples.RemoveAt(Crowded());
    }

    // The oldest of the samples with the least room between their neighbours.
    private int Crowded()
    {
        int crowded = 1;
        for (int i = 2; i < _samples.Count - 1; i++)
        {
            if (Room(i) < Room(crowded))
                crowded = i;
        }

        return crowded;
    }

    private long Room(int i) => _samples[i + 1].Step - _samples[i - 1].Step;
}
