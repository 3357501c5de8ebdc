using Granary.Specs;
using Granary.Trainer.Data;

namespace Granary.Trainer.Tests.Data;

public sealed class TrainingDataTests : IDisposable
{
    private static readonly DataSpec Everything = new()
    {
        Set = "synthetic",
        Limit = 40,
        Resize = 24,
        Presize = 32,
        Flip = true,
        CropPadding = 2,
        RandomResizedCrop = 0.5,
        Rotate = 10,
        Jitter = 0.3,
        Grayscale = 0.2,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_WithLimitAndResize_CutsTrainingOnlyAndResizesBoth()
    {
        IdxFiles.WriteFashionMnist(_folder.Path, train: 50, valid: 20);

        TrainingData data = TrainingData.Load(new DataSpec { Set = "fashion-mnist", Path = _folder.Path, Limit = 30, Resize = 32 });

        Assert.Equal((30, 32), (data.Train.Count, data.Train.Size));
        Assert.Equal((20, 32), (data.Valid.Count, data.Valid.Size));
        Assert.Same(data.Train, data.OfEpoch(1, 0));
    }

    [Fact]
    public void Load_WithValidSplit_SharesTheValidationPicturesWhateverTheLimit()
    {
        IdxFiles.WriteFashionMnist(_folder.Path, train: 50, valid: 20);
        DataSpec spec = new() { Set = "fashion-mnist", Path = _folder.Path, ValidSplit = 0.2 };

        TrainingData all = TrainingData.Load(spec);
        TrainingData some = TrainingData.Load(spec with { Limit = 25 });

        Assert.Equal((40, 10), (all.Train.Count, all.Valid.Count));
        Assert.Equal((25, 10), (some.Train.Count, some.Valid.Count));
        Assert.Equal(Pictures(all.Valid), Pictures(some.Valid));
        Assert.Equal(Pictures(all.Train)[..25], Pictures(some.Train));
    }

    [Fact]
    public void Split_AnyShare_HoldsEveryExampleOnce()
    {
        (int[] train, int[] valid) = Permutation.Split(1_000, 0.15, null);

        Assert.Equal(150, valid.Length);
        Assert.Equal(Enumerable.Range(0, 1_000), train.Concat(valid).Order());
        Assert.Equal((1, 1), (Permutation.Split(2, 0.9, null).Train.Length, Permutation.Split(2, 0.01, null).Valid.Length));
    }

    [Fact]
    public void Load_GreySetForThreeChannels_RepeatsIt()
    {
        IdxFiles.WriteFashionMnist(_folder.Path, train: 10, valid: 10);

        TrainingData data = TrainingData.Load(new DataSpec { Set = "mnist", Path = _folder.Path }, channels: 3);

        Assert.Equal([.. IdxFiles.Picture(4), .. IdxFiles.Picture(4), .. IdxFiles.Picture(4)], data.Train.Read(4));
        Assert.Equal([0.1307f], data.Normalisation.Mean);
    }

    [Fact]
    public void Load_ColouredSetForOneChannel_MixesItsNormalisation()
    {
        TrainingData data = TrainingData.Load(new DataSpec { Set = "synthetic", Flip = true }, channels: 1);

        Assert.Equal((1, 1, 1), (data.Train.Channels, data.Valid.Channels, data.OfEpoch(1, 0).Channels));
        // 0.299 x 0.190 + 0.587 x 0.180 + 0.114 x 0.171
        Assert.Equal(0.18196, Assert.Single(data.Normalisation.StandardDeviation), 5);
    }

    [Fact]
    public void OfEpoch_SameSeedAndEpoch_IsTheSameForEveryRankThreadAndStart()
    {
        TrainingData data = TrainingData.Load(Everything);
        List<byte[]> alone = Batches(data, 1, 0, rank: 0, ranks: 1, first: 0, threads: 1);

        List<byte[]> first = Batches(TrainingData.Load(Everything), 1, 0, rank: 0, ranks: 2, first: 0, threads: 3);
        List<byte[]> second = Batches(TrainingData.Load(Everything), 1, 0, rank: 1, ranks: 2, first: 0, threads: 2);
        List<byte[]> resumed = Batches(TrainingData.Load(Everything), 1, 0, rank: 0, ranks: 1, first: 2, threads: 4);

        Assert.Equal(alone, first.Zip(second, (one, two) => (byte[])[.. one, .. two]));
        Assert.Equal(alone[2..], resumed);
    }

    [Fact]
    public void OfEpoch_AnotherEpochOrSeed_IsAnotherPicture()
    {
        TrainingData data = TrainingData.Load(Everything);
        byte[] picture = data.OfEpoch(1, 0).Read(3);

        Assert.NotEqual(picture, data.OfEpoch(1, 1).Read(3));
        Assert.NotEqual(picture, data.OfEpoch(2, 0).Read(3));
        Assert.Equal(data.Valid.Read(3), TrainingData.Load(Everything).Valid.Read(3));
    }

    [Fact]
    public void Valid_WithAugmentation_IsNotAugmented()
    {
        TrainingData plain = TrainingData.Load(new DataSpec { Set = "synthetic", Resize = 24, Presize = 32 });

        Assert.Equal(plain.Valid.Read(5), TrainingData.Load(Everything).Valid.Read(5));
    }

    [Fact]
    public void Load_UnknownSet_NamesTheSetsThereAre()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => TrainingData.Load(new DataSpec { Set = "svhn" }));

        Assert.Contains("expected one of fashion-mnist, mnist, cifar-10, cifar-100, folder, synthetic", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_EverySetOfTheCatalogue_HasAReader()
    {
        foreach (DataSetEntry set in DataSets.All)
        {
            Exception? error = Record.Exception(() => TrainingData.Load(new DataSpec { Set = set.Name, Path = _folder.File("nothing"), Resize = 32 }));

            Assert.True(error is null or FileNotFoundException, $"{set.Name}: {error}");
        }
    }

    private static List<byte[]> Pictures(IImageSource source) => [.. Enumerable.Range(0, source.Count).Select(source.Read)];

    private static List<byte[]> Batches(TrainingData data, long seed, int epoch, int rank, int ranks, int first, int threads)
    {
        int[] order = Permutation.OfEpoch([.. Enumerable.Range(0, data.Train.Count)], seed, epoch);
        var plan = new BatchPlan(order, BatchSize: 12, rank, ranks);
        var pixels = new List<byte[]>();
        foreach (HostBatch batch in BatchLoader.Read(data.OfEpoch(seed, epoch), plan, first, threads, CancellationToken.None))
        {
            pixels.Add(batch.Pixels.ToArray());
            batch.Dispose();
        }

        return pixels;
    }
}
