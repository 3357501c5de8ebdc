using System.IO.Compression;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Checkpoints.PyTorch;
using static Granary.Trainer.Tests.Checkpoints.PyTorch.PickleBytes;

namespace Granary.Trainer.Tests.Checkpoints.PyTorch;

public sealed class TorchArchiveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("net.pth");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_TwoViewsOfOneStorage_AreBothThere()
    {
        byte[] storage = Storage("0", 4);
        byte[] pickle = StateDictionary(("a", Tensor(storage, 0, [4], [1])), ("b", Tensor(storage, 2, [2], [1])));
        WriteArchive(Path, pickle, ("data/0", Floats(1, 2, 3, 4)));

        IReadOnlyDictionary<string, TensorData> read = TorchFile.Read(Path);

        Assert.Equal([1f, 2, 3, 4], read["a"].Values<float>());
        Assert.Equal([3f, 4], read["b"].Values<float>());
    }

    [Fact]
    public void Read_LittleByteOrderRecord_IsAccepted()
    {
        WriteArchive(Path, One(), ("byteorder", "little"u8.ToArray()), ("data/0", Floats(1, 2)));

        Assert.Equal([1f, 2], TorchFile.Read(Path)["w"].Values<float>());
    }

    [Fact]
    public void Read_BigByteOrderRecord_IsRefused()
    {
        WriteArchive(Path, One(), ("byteorder", "big"u8.ToArray()), ("data/0", Floats(1, 2)));

        AssertRefused("its numbers are in byte order 'big', expected 'little'");
    }

    [Fact]
    public void Read_StorageShorterThanThePickleSays_IsRefused()
    {
        WriteArchive(Path, One(), ("data/0", Floats(1)));

        AssertRefused("record archive/data/0 has 4 bytes; expected 8 for 2 elements of type F32");
    }

    [Fact]
    public void Read_StorageOfMoreElementsThanNumbersHold_IsRefused()
    {
        WriteArchive(Path, StateDictionary(("w", Tensor(Storage("0", long.MaxValue), 0, [2], [1]))), ("data/0", Floats(1, 2)));

        AssertRefused("expected 36893488147419103228 for 9223372036854775807 elements");
    }

    [Fact]
    public void Read_MissingStorage_IsRefused()
    {
        WriteArchive(Path, One());

        AssertRefused("has no record archive/data/0");
    }

    [Fact]
    public void Read_StorageOutsideTheArchive_IsNotLookedFor()
    {
        WriteArchive(Path, StateDictionary(("w", Tensor(Storage("../../../../etc/passwd", 2), 0, [2], [1]))));

        AssertRefused("has no record archive/data/../../../../etc/passwd");
    }

    [Fact]
    public void Read_ExpandedTensorOfGigabytes_IsRefusedBeforeItIsMade()
    {
        WriteArchive(Path, StateDictionary(("w", Tensor(Storage("0", 2), 0, [1 << 20, 1 << 10], [0, 0]))), ("data/0", Floats(1, 2)));

        AssertRefused("with tensor w (4294967296 bytes)");
    }

    [Fact]
    public void Read_CompressedRecord_IsRefused()
    {
        using (var zip = new ZipArchive(File.Create(Path), ZipArchiveMode.Create))
        {
            using Stream stream = zip.CreateEntry("archive/data/0", CompressionLevel.SmallestSize).Open();
            stream.Write(new byte[1 << 20]);
        }

        AssertRefused("record archive/data/0 is compressed (");
    }

    [Fact]
    public void Read_RecordsThatClaimMoreThanTheFile_AreRefused()
    {
        WriteArchive(Path, One(), ("data/0", Floats(1, 2)));
        byte[] bytes = File.ReadAllBytes(Path);
        // In the list of records at the end (PK 1 2), the sizes of an entry are at 20 and 24: both of the first become 16 MiB.
        int entry = bytes.AsSpan().IndexOf("PK\u0001\u0002"u8);
        bytes[entry + 23] = bytes[entry + 27] = 1;
        File.WriteAllBytes(Path, bytes);

        AssertRefused("its records claim more than the file's");
    }

    [Fact]
    public void Read_SameRecordTwice_IsRefused()
    {
        WriteArchive(Path, One(), ("data/0", Floats(1, 2)), ("data/0", Floats(3, 4)));

        AssertRefused("has two records archive/data/0");
    }

    [Fact]
    public void Read_ArchiveOfSomethingElse_IsRefused()
    {
        using (var zip = new ZipArchive(File.Create(Path), ZipArchiveMode.Create))
            zip.CreateEntry("word/document.xml");

        AssertRefused("a zip archive with 0 records FOLDER/data.pkl; expected one");
    }

    [Fact]
    public void Read_FlippedBit_IsRefusedWithTheRecordsName()
    {
        byte[] bytes = File.ReadAllBytes(Fixtures.At("tensors.pth"));
        int last = bytes.AsSpan().LastIndexOf((byte[])[0, 0, 0xb8, 0x41]);
        Assert.True(last > 0, "23.0f is in the file");
        bytes[last + 2] ^= 1;
        File.WriteAllBytes(Path, bytes);

        // The last 23.0f is that of the channels-last tensor, the second storage.
        AssertRefused("record tensors/data/1: its checksum is");
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void Read_TruncatedFile_IsRefused(double part)
    {
        byte[] bytes = File.ReadAllBytes(Fixtures.At("tensors.pth"));
        File.WriteAllBytes(Path, bytes[..(int)(bytes.Length * part)]);

        AssertRefused("truncated or damaged");
    }

    [Fact]
    public void Read_ScriptProgram_IsRefusedAndSaysWhatToSave()
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => TorchFile.Read(Fixtures.At("script.pt")));

        Assert.Contains("a TorchScript program; save its tensors alone", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("}", "its keys are none")]
    [InlineData("]", "holds a list; expected a dictionary of tensors")]
    [InlineData("N", "holds no dictionary; expected a dictionary of tensors")]
    public void Read_NoStateDictionary_SaysWhatIsThere(string content, string expected)
    {
        WriteArchive(Path, Whole(Code(content)));

        AssertRefused(expected);
    }

    [Fact]
    public void Read_CheckpointWithoutTensors_NamesItsKeys()
    {
        WriteArchive(Path, Whole(Code("}("), Text("epoch"), Number(3), Text("args"), Code("}u")));

        AssertRefused("its keys are epoch, args");
    }

    private static byte[] One() => StateDictionary(("w", Tensor(Storage("0", 2), 0, [2], [1])));

    private static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private void AssertRefused(string expected)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => TorchFile.Read(Path));

        Assert.StartsWith(Path + ": ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
