using System.IO.Compression;
using Granary.Trainer.Data;
using Granary.Trainer.Data.Sets;

namespace Granary.Trainer.Tests.Data.Sets;

public sealed class IdxSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_DebiansPackage_HasTheSetsKnownNumbers()
    {
        // 60,000 and 10,000 pictures, 6,000 and 1,000 of each class (the set's paper); mean pixel 0.2860 of the training set, as widely used.
        StoredSet set = IdxSet.FashionMnist.Load(null);
        IStoredImages train = ((FixedPictures)set.Train).Images;

        Assert.Equal((60_000, 10_000, 28, 1), (train.Count, set.Valid!.Count, train.Size, train.Channels));
        Assert.All(Enumerable.Range(0, 10), label => Assert.Equal(6_000, Enumerable.Range(0, train.Count).Count(i => train.Label(i) == label)));
        double sum = 0;
        byte[] picture = new byte[784];
        for (int i = 0; i < train.Count; i++)
        {
            train.CopyTo(i, picture);
            foreach (byte pixel in picture)
                sum += pixel;
        }

        Assert.Equal(0.2860, sum / (60_000.0 * 784 * 255), 4);
        Assert.Equal((10, "t-shirt", "ankle boot"), (set.ClassNames.Count, set.ClassNames[0], set.ClassNames[9]));
    }

    [Fact]
    public void Load_MnistInDottedGzipFiles_IsRead()
    {
        IdxFiles.WriteFashionMnist(_folder.Path, train: 20, valid: 10);
        foreach (string file in Directory.GetFiles(_folder.Path))
            Compress(file, file.Replace("-idx", ".idx", StringComparison.Ordinal) + ".gz");

        StoredSet set = IdxSet.Mnist.Load(_folder.Path);

        Assert.Equal((20, 10), (set.Train.Count, set.Valid!.Count));
        Assert.Equal(IdxFiles.Picture(7), Picture(set.Train, 7));
        Assert.Equal("7", set.ClassNames[7]);
        // PyTorch's MNIST example: Normalize((0.1307,), (0.3081,)).
        Assert.Equal((0.1307f, 0.3081f), (set.Normalisation.Mean[0], set.Normalisation.StandardDeviation[0]));
    }

    [Fact]
    public void Load_LabelOutOfRange_NamesFileAndRecord()
    {
        IdxFiles.WriteFashionMnist(_folder.Path, train: 20, valid: 10);
        string labels = _folder.File("train-labels-idx1-ubyte");
        byte[] content = File.ReadAllBytes(labels);
        content[8 + 13] = 77;
        File.WriteAllBytes(labels, content);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => IdxSet.FashionMnist.Load(_folder.Path));

        Assert.Equal($"{labels}: record 13 has label 77, expected 0 to 9.", error.Message);
    }

    [Fact]
    public void Load_FewerLabelsThanPictures_NamesBothFiles()
    {
        IdxFiles.WriteFashionMnist(_folder.Path, train: 20, valid: 10);
        File.WriteAllBytes(_folder.File("t10k-labels-idx1-ubyte"), IdxFiles.Bytes([9], new byte[9]));

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => IdxSet.FashionMnist.Load(_folder.Path));

        Assert.Contains("t10k-labels-idx1-ubyte: 9 labels, expected 10", error.Message, StringComparison.Ordinal);
        Assert.Contains("t10k-images-idx3-ubyte", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_EmptyFolder_SaysWhereItLookedAndHowToGetTheSet()
    {
        FileNotFoundException error = Assert.Throws<FileNotFoundException>(() => IdxSet.FashionMnist.Load(_folder.Path));

        Assert.Contains(_folder.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains("dataset-fashion-mnist", error.Message, StringComparison.Ordinal);
        Assert.Contains("docs/data.md", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Picture(IPictureSource source, int index)
    {
        using IPicture picture = source.Open(index);
        return picture.Read(1, new PixelArea(0, 0, picture.Width, picture.Height)).Bytes.ToArray();
    }

    private static void Compress(string from, string to)
    {
        using (FileStream target = File.Create(to))
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
            gzip.Write(File.ReadAllBytes(from));
        File.Delete(from);
    }
}
