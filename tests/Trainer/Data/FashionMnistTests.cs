using Granary.Specs;
using Granary.Trainer.Data;

namespace Granary.Trainer.Tests.Data;

public sealed class FashionMnistTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_DebiansPackage_HasTheSetsKnownNumbers()
    {
        // 60,000 and 10,000 pictures, 6,000 and 1,000 of each class (the set's paper); mean pixel 0.2860 of the training set, as widely used.
        (ImageSet train, ImageSet valid) = FashionMnist.Load(null);

        Assert.Equal((60_000, 10_000, 28, 1), (train.Count, valid.Count, train.Size, train.Channels));
        Assert.All(Enumerable.Range(0, 10), label => Assert.Equal(6_000, Enumerable.Range(0, train.Count).Count(i => train.Label(i) == label)));
        double sum = 0;
        for (int i = 0; i < train.Count; i++)
        {
            foreach (byte pixel in train.Image(i))
                sum += pixel;
        }

        Assert.Equal(0.2860, sum / (60_000.0 * 784 * 255), 4);
    }

    [Fact]
    public void Load_LabelOutOfRange_NamesFileAndRecord()
    {
        IdxFiles.WriteFashionMnist(_folder.Path, train: 20, valid: 10);
        string labels = _folder.File("train-labels-idx1-ubyte");
        byte[] content = File.ReadAllBytes(labels);
        content[8 + 13] = 77;
        File.WriteAllBytes(labels, content);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => FashionMnist.Load(_folder.Path));

        Assert.Equal($"{labels}: record 13 has label 77, expected 0 to 9.", error.Message);
    }

    [Fact]
    public void Load_FewerLabelsThanPictures_NamesBothFiles()
    {
        IdxFiles.WriteFashionMnist(_folder.Path, train: 20, valid: 10);
        File.WriteAllBytes(_folder.File("t10k-labels-idx1-ubyte"), IdxFiles.Bytes([9], new byte[9]));

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => FashionMnist.Load(_folder.Path));

        Assert.Contains("t10k-labels-idx1-ubyte: 9 labels, expected 10", error.Message, StringComparison.Ordinal);
        Assert.Contains("t10k-images-idx3-ubyte", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_EmptyFolder_SaysWhereItLooked()
    {
        FileNotFoundException error = Assert.Throws<FileNotFoundException>(() => FashionMnist.Load(_folder.Path));

        Assert.Contains(_folder.Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TrainingDataLoad_WithLimitAndResize_CutsTrainingOnlyAndResizesBoth()
    {
        IdxFiles.WriteFashionMnist(_folder.Path, train: 50, valid: 20);

        TrainingData data = TrainingData.Load(new DataSpec { Set = "fashion-mnist", Path = _folder.Path, Limit = 30, Resize = 32 });

        Assert.Equal((30, 32), (data.Train.Count, data.Train.Size));
        Assert.Equal((20, 32), (data.Valid.Count, data.Valid.Size));
    }
}
