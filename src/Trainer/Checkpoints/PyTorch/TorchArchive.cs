using System.Collections.ObjectModel;
using System.IO.Compression;
using System.Text;

namespace Granary.Trainer.Checkpoints.PyTorch;

/// <summary>
/// The zip archive of <c>torch.save</c>: one folder with <c>data.pkl</c>, the storages as <c>data/KEY</c> and perhaps <c>byteorder</c>.
/// torch stores without compressing; an archive that is compressed, or whose records claim more bytes than it has, is refused, so that
/// reading one never takes more memory than the file is long.
/// </summary>
internal sealed class TorchArchive : IDisposable
{
    private const string Pickle = "data.pkl";
    private const int MaxPickleBytes = 32 << 20;

    private readonly ZipArchive _zip;
    private readonly string _path;
    private readonly string _folder;
    private readonly Dictionary<string, ZipArchiveEntry> _records;
    private readonly Dictionary<ZipArchiveEntry, byte[]> _read = [];

    private TorchArchive(ZipArchive zip, string path, long bytes)
    {
        (_zip, _path, Bytes) = (zip, path, bytes);
        _records = Index(zip, path, bytes);
        _folder = FindFolder();
        CheckByteOrder();
    }

    /// <summary>The file's length.</summary>
    public long Bytes { get; }

    /// <summary>Opens an archive.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is not what torch writes: the message says how.</exception>
    public static TorchArchive Open(string path)
    {
        FileStream? file = File.OpenRead(path);
        ZipArchive? zip = null;
        try
        {
            long bytes = file.Length;
            zip = new ZipArchive(file, ZipArchiveMode.Read);
            file = null;
            var archive = new TorchArchive(zip, path, bytes);
            zip = null;
            return archive;
        }
        catch (InvalidDataException error) when (zip is null)
        {
            throw new InvalidDataException(
                $"{path}: not a whole zip archive ({error.Message}): the file is truncated or damaged; copy it again.", error);
        }
        finally
        {
            zip?.Dispose();
            file?.Dispose();
        }
    }

    /// <summary>Reads <c>data.pkl</c>.</summary>
    /// <returns>Its bytes, and what to call it in messages.</returns>
    public (byte[] Bytes, string Where) ReadPickle()
    {
        ZipArchiveEntry entry = _records[_folder + Pickle];
        if (entry.Length > MaxPickleBytes)
        {
            throw new InvalidDataException(
                $"{_path}: {entry.FullName} has {entry.Length} bytes; expected at most {MaxPickleBytes}, for it only describes tensors.");
        }

        return (Read(entry), $"{_path}: {entry.FullName}");
    }

    /// <summary>Reads a storage; a second time gives the same bytes.</summary>
    /// <param name="storage">Which, and how long it must be.</param>
    /// <exception cref="InvalidDataException">It is missing, has another length or is damaged.</exception>
    public byte[] Read(TorchStorage storage)
    {
        string name = $"{_folder}data/{storage.Key}";
        if (!_records.TryGetValue(name, out ZipArchiveEntry? entry))
            throw new InvalidDataException($"{_path}: has no record {name}, where a tensor's elements should be: the file is damaged.");
        UInt128 expected = (UInt128)storage.Elements * (UInt128)storage.Type.Bytes;
        if ((UInt128)entry.Length != expected)
        {
            throw new InvalidDataException(
                $"{_path}: record {name} has {entry.Length} bytes; expected {expected} for {storage.Elements} elements of type "
                + $"{storage.Type.Name}.");
        }

        if (!_read.TryGetValue(entry, out byte[]? bytes))
            _read.Add(entry, bytes = Read(entry));
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    private static Dictionary<string, ZipArchiveEntry> Index(ZipArchive zip, string path, long bytes)
    {
        var records = new Dictionary<string, ZipArchiveEntry>();
        long total = 0;
        ReadOnlyCollection<ZipArchiveEntry> entries = Entries(zip, path);
        if (entries.Any(entry => entry.Name == "constants.pkl"))
        {
            throw new InvalidDataException(
                $"{path}: a TorchScript program; save its tensors alone in Python: torch.save(torch.jit.load(FILE).state_dict(), FILE).");
        }

        foreach (ZipArchiveEntry entry in entries)
        {
            if (entry.CompressedLength != entry.Length)
            {
                throw new InvalidDataException(
                    $"{path}: record {entry.FullName} is compressed ({entry.CompressedLength} of {entry.Length} bytes), which torch.save "
                    + "never does; load it in Python and save it again: torch.save(torch.load(FILE), FILE).");
            }

            // Records may not overlap, so together they are shorter than the file.
            if (entry.Length < 0 || entry.Length > bytes - total)
                throw new InvalidDataException($"{path}: its records claim more than the file's {bytes} bytes: the file is damaged.");
            total += entry.Length;
            if (!records.TryAdd(entry.FullName, entry))
                throw new InvalidDataException($"{path}: has two records {entry.FullName}: the file is damaged.");
        }

        return records;
    }

    private static ReadOnlyCollection<ZipArchiveEntry> Entries(ZipArchive zip, string path)
    {
        try
        {
            return zip.Entries;
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{path}: its list of records is damaged ({error.Message}); copy the file again.", error);
        }
    }

    private string FindFolder()
    {
        string[] pickles = [.. _records.Keys.Where(name => name.EndsWith("/" + Pickle, StringComparison.Ordinal))];
        if (pickles.Length != 1)
        {
            throw new InvalidDataException(
                $"{_path}: a zip archive with {pickles.Length} records FOLDER/{Pickle}; expected one, as torch.save writes it.");
        }

        return pickles[0][..^Pickle.Length];
    }

    private void CheckByteOrder()
    {
        if (!_records.TryGetValue(_folder + "byteorder", out ZipArchiveEntry? entry))
            return;
        string order = entry.Length > 16 ? "unknown" : Encoding.ASCII.GetString(Read(entry));
        if (order != "little")
        {
            throw new InvalidDataException(
                $"{_path}: its numbers are in byte order '{order}', expected 'little'; save it again on a machine of that order.");
        }
    }

    private byte[] Read(ZipArchiveEntry entry)
    {
        if (entry.Length > Array.MaxLength)
        {
            throw new InvalidDataException(
                $"{_path}: record {entry.FullName} has {entry.Length} bytes; at most {Array.MaxLength} can be read.");
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)entry.Length);
        try
        {
            using Stream stream = entry.Open();
            stream.ReadExactly(bytes);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException(
                $"{_path}: record {entry.FullName}: expected {entry.Length} bytes, which are not all there ({error.Message}): "
                + "the file is truncated or damaged; copy it again.",
                error);
        }

        // torch can be told not to compute checksums, and writes 0 then.
        uint sum = Crc32.Hash(bytes);
        return entry.Crc32 == 0 || sum == entry.Crc32
            ? bytes
            : throw new InvalidDataException(
                $"{_path}: record {entry.FullName}: its checksum is {sum:x8}, expected {entry.Crc32:x8}: "
                + "the file is damaged; copy it again.");
    }
}
