using System.IO.Compression;
using Granary.Trainer.Checkpoints.PyTorch;

namespace Granary.Trainer.Tests.Checkpoints.PyTorch;

/// <summary>Real files with bytes changed: each reading ends with tensors or with an error that names the file, never otherwise.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private static readonly byte[] Flips = [0x01, 0x80, 0xff];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("checkpoint-2.pth")]
    [InlineData("checkpoint-5.pth")]
    [InlineData("tensors.pth")]
    public void Read_PickleWithAnyByteChanged_GivesContentOrSaysWhere(string file)
    {
        byte[] pickle = Pickle(Fixtures.At(file));
        int refused = 0;
        for (int i = 0; i < pickle.Length * Flips.Length; i++)
        {
            byte[] damaged = [.. pickle];
            damaged[i / Flips.Length] ^= Flips[i % Flips.Length];
            try
            {
                TorchStateDictionary.Find(PickleMachine.Read(damaged, "data.pkl"), "data.pkl");
            }
            catch (InvalidDataException error)
            {
                Assert.StartsWith("data.pkl: ", error.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        // What a changed name or number means is not the reader's to know; a changed structure is.
        Assert.InRange(refused, pickle.Length, pickle.Length * Flips.Length);
    }

    [Fact]
    public void Read_ArchiveWithBytesChangedAllOver_GivesTensorsOrNamesTheFile()
    {
        string path = _folder.File("net.pth");
        byte[] archive = File.ReadAllBytes(Fixtures.At("checkpoint-4.pth"));
        for (int i = 0; i < archive.Length; i += 4)
        {
            byte[] damaged = [.. archive];
            damaged[i] ^= Flips[i % Flips.Length];
            File.WriteAllBytes(path, damaged);
            try
            {
                TorchFile.Read(path);
            }
            catch (InvalidDataException error)
            {
                Assert.StartsWith(path + ": ", error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Read_ArchiveCutAnywhere_IsRefused()
    {
        string path = _folder.File("net.pth");
        byte[] archive = File.ReadAllBytes(Fixtures.At("checkpoint-4.pth"));
        for (int length = 0; length < archive.Length; length += 7)
        {
            File.WriteAllBytes(path, archive[..length]);
            Assert.Throws<InvalidDataException>(() => TorchFile.Read(path));
        }
    }

    private static byte[] Pickle(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        using Stream stream = zip.Entries.Single(entry => entry.Name == "data.pkl").Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
