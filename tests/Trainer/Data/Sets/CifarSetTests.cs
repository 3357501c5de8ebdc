using System.Formats.Tar;
using System.IO.Compression;
using Granary.Specs;
using Granary.Trainer.Data;
using Granary.Trainer.Data.Sets;

namespace Granary.Trainer.Tests.Data.Sets;

public sealed class CifarSetTests : IDisposable
{
    private static readonly CifarLayout Ten = CifarLayout.Cifar10 with { TrainRecords = 4, ValidRecords = 3 };
    private static readonly CifarLayout Hundred = CifarLayout.Cifar100 with { TrainRecords = 5, ValidRecords = 2 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_FilesOfCifar10_JoinsTheBatchesInOrder()
    {
        Write(Ten, _folder.Path);

        StoredSet set = CifarSet.Load(Ten, _folder.Path);

        Assert.Equal((20, 3, 3), (set.Train.Count, set.Valid!.Count, set.Train.Channels));
        Assert.Equal([.. Enumerable.Range(0, 20).Select(i => i % 10)], Enumerable.Range(0, 20).Select(set.Train.Label));
        Assert.Equal(Picture(13), Read(set.Train, 13));
        Assert.Equal(("airplane", "truck"), (set.ClassNames[0], set.ClassNames[9]));
    }

    [Fact]
    public void Load_FolderOfTheArchiveWithinTheGivenOne_IsFound()
    {
        Write(Hundred, Directory.CreateDirectory(_folder.File("cifar-100-binary")).FullName);

        StoredSet set = CifarSet.Load(Hundred, _folder.Path);

        // Of the two label bytes the second is the fine label.
        Assert.Equal([90, 91, 92, 93, 94], Enumerable.Range(0, 5).Select(set.Train.Label));
        Assert.Equal((100, "apple", "worm"), (set.ClassNames.Count, set.ClassNames[0], set.ClassNames[99]));
        Assert.Equal(set.ClassNames.Order(StringComparer.Ordinal), set.ClassNames);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Load_PublishedArchive_IsReadWithoutUnpacking(bool named)
    {
        string archive = WriteArchive(Ten);

        StoredSet set = CifarSet.Load(Ten, named ? archive : _folder.Path);

        Assert.Equal((20, 3), (set.Train.Count, set.Valid!.Count));
        Assert.Equal(Picture(19), Read(set.Train, 19));
    }

    [Fact]
    public void Load_CutOffFile_NamesFileRecordAndWhatWasExpected()
    {
        Write(Ten, _folder.Path);
        string file = _folder.File("data_batch_3.bin");
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..(2 * 3073 + 100)]);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => CifarSet.Load(Ten, _folder.Path));

        Assert.Equal($"{file}: record 2 of 4 is cut off: expected 3073 bytes, found 100. Fetch the file again.", error.Message);
    }

    [Fact]
    public void Load_LabelOutOfRange_NamesFileAndRecord()
    {
        Write(Ten, _folder.Path);
        string file = _folder.File("test_batch.bin");
        byte[] content = File.ReadAllBytes(file);
        content[3073] = 10;
        File.WriteAllBytes(file, content);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => CifarSet.Load(Ten, _folder.Path));

        Assert.StartsWith($"{file}: record 1 has label 10, expected 0 to 9.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TooManyRecords_IsRefused()
    {
        Write(Ten with { ValidRecords = 4 }, _folder.Path);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => CifarSet.Load(Ten, _folder.Path));

        Assert.Contains("test_batch.bin: bytes follow the last of 3 records", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ArchiveCutAnywhere_NamesTheArchive()
    {
        string archive = WriteArchive(Ten);
        byte[] whole = File.ReadAllBytes(archive);

        for (int i = 1; i < 12; i++)
        {
            File.WriteAllBytes(archive, whole[..(whole.Length * i / 12)]);

            InvalidDataException error = Assert.Throws<InvalidDataException>(() => CifarSet.Load(Ten, archive));

            Assert.StartsWith(archive, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Load_ArchiveWithFlippedBits_IsRefusedOrReadAsItWas()
    {
        string archive = WriteArchive(Ten);
        byte[] whole = File.ReadAllBytes(archive);
        var random = new Random(3);
        for (int i = 0; i < 60; i++)
        {
            byte[] damaged = (byte[])whole.Clone();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(archive, damaged);

            // Gzip's checksum tells; only its header's name and time may change unnoticed.
            Exception? error = Record.Exception(() => Assert.Equal(Picture(19), Read(CifarSet.Load(Ten, archive).Train, 19)));

            Assert.True(error is null or InvalidDataException, $"{error}");
        }
    }

    [Fact]
    public void Load_Nothing_SaysWhereItLookedAndWhatToFetch()
    {
        FileNotFoundException error = Assert.Throws<FileNotFoundException>(() => CifarSet.Load(CifarLayout.Cifar10, _folder.Path));

        Assert.Contains(_folder.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TrainingDataLoad_FilesOfThePublishedSize_HasThePublishedNumbers()
    {
        // Zeros throughout: 10,000 airplanes in each of the six files, 30,730,000 bytes as the set's page says.
        foreach (string name in CifarLayout.Cifar10.Files)
        {
            using FileStream file = File.Create(_folder.File(name));
            file.SetLength(30_730_000);
        }

        TrainingData data = TrainingData.Load(new DataSpec { Set = "cifar-10", Path = _folder.Path, Limit = 7 });

        Assert.Equal((7, 10_000, 10, 3, 32), (data.Train.Count, data.Valid.Count, data.Classes, data.Train.Channels, data.Train.Size));
        Assert.Equal([0.4914f, 0.4822f, 0.4465f], data.Normalisation.Mean);
    }

    private static byte[] Picture(int index) => [.. Enumerable.Range(0, 3072).Select(i => (byte)((index * 31) + (i * 7)))];

    private static byte[] Read(IPictureSource source, int index)
    {
        using IPicture picture = source.Open(index);
        return picture.Read(1, new PixelArea(0, 0, picture.Width, picture.Height)).Bytes.ToArray();
    }

    private static byte[] Records(CifarLayout layout, string file)
    {
        int first = file == layout.ValidFile ? 0 : layout.TrainFiles.ToList().IndexOf(file) * layout.TrainRecords;
        return
        [
            .. Enumerable.Range(first, layout.RecordsOf(file)).SelectMany(i => layout.Labels == 1
                ? (byte[])[(byte)(i % 10), .. Picture(i)]
                : [(byte)(i % 20), (byte)(90 + i), .. Picture(i)]),
        ];
    }

    private static void Write(CifarLayout layout, string folder)
    {
        foreach (string file in layout.Files)
            File.WriteAllBytes(Path.Combine(folder, file), Records(layout, file));
    }

    private string WriteArchive(CifarLayout layout)
    {
        string path = _folder.File(layout.Archive);
        using FileStream file = File.Create(path);
        using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        using var tar = new TarWriter(gzip);
        tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, layout.Folder + "/"));
        foreach (string name in (string[])["readme.html", .. layout.Files])
        {
            var content = new MemoryStream(name == "readme.html" ? [1, 2, 3] : Records(layout, name));
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"{layout.Folder}/{name}") { DataStream = content });
        }

        return path;
    }
}
