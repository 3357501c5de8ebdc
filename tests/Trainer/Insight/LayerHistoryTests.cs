using Granary.Trainer.Insight;

namespace Granary.Trainer.Tests.Insight;

public sealed class LayerHistoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Add_MoreThanFit_KeepsTheEndsAndSpreadsTheRestEvenly()
    {
        var history = new LayerHistory();

        for (int step = 1; step <= 5_000; step++)
            history.Add(Sample(step));

        long[] steps = [.. history.Samples.Select(sample => sample.Step)];
        Assert.Equal(LayerHistory.MostSamples, steps.Length);
        Assert.Equal((1L, 5_000L), (steps[0], steps[^1]));
        // 5,000 steps in 512 samples are 9.8 apart.
        Assert.All(steps.Zip(steps.Skip(1), (a, b) => b - a), gap => Assert.InRange(gap, 5, 16));
    }

    [Fact]
    public void Add_OfANetworkOfManyLayers_KeepsFewerSamples()
    {
        var history = new LayerHistory();

        for (int step = 1; step <= 200; step++)
            history.Add(Sample(step, layers: 400));

        Assert.Equal(LayerHistory.MostEntries / 400, history.Samples.Count);
    }

    [Fact]
    public void Add_OfAnEarlierStep_ReplacesWhatCameAfterIt()
    {
        var history = new LayerHistory();
        foreach (long step in new[] { 1L, 21, 41, 61 })
            history.Add(Sample(step));

        history.Add(Sample(41));

        Assert.Equal([1L, 21, 41], history.Samples.Select(sample => sample.Step));
    }

    [Fact]
    public void File_WrittenAndRead_HoldsTheSameSamples()
    {
        var history = new LayerHistory();
        history.Add(Sample(1));
        history.Add(new WatchSample(21, [Layer("fc") with { Mean = double.NaN, StandardDeviation = double.PositiveInfinity, GradientNorm = 0.125 }]));

        LayerHistoryFile.Write(_folder.Path, history);
        IReadOnlyList<WatchSample> read = LayerHistoryFile.Read(_folder.Path).Samples;

        Assert.Equal([1L, 21], read.Select(sample => sample.Step));
        Assert.Equal(history.Samples[1].Layers[0] with { Histogram = null! }, read[1].Layers[0] with { Histogram = null! });
        Assert.Equal(history.Samples[1].Layers[0].Histogram.Counts, read[1].Layers[0].Histogram.Counts);
        Assert.Equal([1L], LayerHistoryFile.Read(_folder.Path, untilStep: 20).Samples.Select(sample => sample.Step));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Read_OfAFolderWithoutFile_IsEmpty() => Assert.Empty(LayerHistoryFile.Read(_folder.Path).Samples);

    [Theory]
    [InlineData("", 1)]
    [InlineData("{\"format\":\"other\"}\n", 1)]
    [InlineData("{\"format\":\"granary-layers\",\"version\":1}\n{\"step\":1,\"layers\":[{\"layer\":\"fc\"\n", 2)]
    [InlineData("{\"format\":\"granary-layers\",\"version\":1}\n{\"step\":1,\"layers\":null}\n", 2)]
    public void Read_OfADamagedFile_NamesTheLine(string text, int line)
    {
        File.WriteAllText(Path.Combine(_folder.Path, LayerHistoryFile.Name), text);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => LayerHistoryFile.Read(_folder.Path));

        Assert.Contains($"{LayerHistoryFile.Name}, line {line}:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Signed_OfAHistogramFromZero_JoinsTwoBinsToOne()
    {
        var histogram = new LayerHistogram(0, 10, 100, [1, 2, 3, .. new int[36], 4]);

        LayerHistogram signed = histogram.Signed();

        Assert.Equal((-10d, 10d), (signed.Low, signed.High));
        Assert.Equal([.. new int[20], 3, 3, .. new int[17], 4], signed.Counts);
    }

    private static WatchSample Sample(long step, int layers = 1) =>
        new(step, [.. Enumerable.Range(0, layers).Select(i => Layer($"layer{i}"))]);

    private static LayerSample Layer(string name) => new()
    {
        Layer = name,
        Kind = "Linear",
        Mean = 0.25f,
        StandardDeviation = 1.5f,
        NearZero = 0.5,
        AbsoluteNearZero = 0.125,
        Histogram = new LayerHistogram(0, 10, 64, [.. Enumerable.Range(0, LayerHistogram.Bins)]),
    };
}
