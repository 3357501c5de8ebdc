using System.IO.Compression;
using Granary.Trainer.Data.Sets;

namespace Granary.Trainer.Tests.Data.Sets;

public sealed class IdxReaderTests : IDisposable
{
    private static readonly byte[] ThreePictures = IdxFiles.Bytes([3, 2, 2], [.. Enumerable.Range(0, 12).Select(i => (byte)i)]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_WholeFile_GivesDimensionsAndElements(bool compressed)
    {
        string path = Write(compressed ? Compress(ThreePictures) : ThreePictures);

        (int[] dimensions, byte[] elements) = IdxReader.Read(path, 3);

        Assert.Equal([3, 2, 2], dimensions);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (byte)i), elements);
    }

    [Fact]
    public void Read_TruncatedFile_NamesFileAndRecord()
    {
        string path = Write(ThreePictures[..^5]);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => IdxReader.Read(path, 3));

        // 7 of 12 bytes are there: records 0 whole, 1 with 3 of 4 bytes.
        Assert.Equal($"{path}: record 1 of 3 is cut off: expected 4 bytes, found 3. Fetch the file again.", error.Message);
    }

    [Fact]
    public void Read_TruncatedGzip_NamesTheFile()
    {
        byte[] noise = new byte[40_000];
        new Random(1).NextBytes(noise);
        byte[] whole = Compress(IdxFiles.Bytes([100, 20, 20], noise));
        string path = Write(whole[..(whole.Length / 2)]);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => IdxReader.Read(path, 3));

        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TrailingBytes_AreRefused()
    {
        string path = Write([.. ThreePictures, 0]);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => IdxReader.Read(path, 3));

        Assert.Contains("bytes follow the last of 3 records", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LabelsWhereImagesAreExpected_TellsBothMagicNumbers()
    {
        string path = Write(IdxFiles.Bytes([3], [1, 2, 3]));

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => IdxReader.Read(path, 3));

        Assert.Contains("0x00000803", error.Message, StringComparison.Ordinal);
        Assert.Contains("0x00000801", error.Message, StringComparison.Ordinal);
    }

    private string Write(byte[] content)
    {
        string path = _folder.File("file-idx");
        File.WriteAllBytes(path, content);
        return path;
    }

    private static byte[] Compress(byte[] content)
    {
        var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
            gzip.Write(content);
        return target.ToArray();
    }
}
