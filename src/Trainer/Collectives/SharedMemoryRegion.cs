using System.IO.MemoryMappedFiles;
using System.Security.Cryptography;

namespace Granary.Trainer.Collectives;

/// <summary>
/// One shared-memory lane's memory: two counters and a number of slots, mapped by its sender and its receiver. The file has a name only
/// while the two find each other; the memory goes with the last of them, whatever becomes of both.
/// </summary>
/// <remarks>
/// Bytes 0-15 hold the nonce, 64 the count of chunks written with the flag of a waiting receiver behind it, 128 the count of chunks read
/// with the flag of a waiting sender; slots follow from 4,096, each a header of 64 bytes and the chunk.
/// </remarks>
internal sealed unsafe class SharedMemoryRegion : IDisposable
{
    /// <summary>Bytes of a nonce.</summary>
    public const int NonceBytes = 16;

    /// <summary>Where systems keep memory that has file names.</summary>
    public const string DefaultFolder = "/dev/shm";

    private const int SlotsOffset = 4096;
    private const int SlotHeaderBytes = 64;
    private const string Prefix = "granary-";

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private int _disposed;

    private SharedMemoryRegion(FileStream file, int slots, int slotBytes)
    {
        (Slots, SlotBytes) = (slots, slotBytes);
        _file = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor();
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _start = start;
    }

    /// <summary>Chunks that it holds.</summary>
    public int Slots { get; }

    /// <summary>Bytes of the largest chunk.</summary>
    public int SlotBytes { get; }

    /// <summary>Chunks written so far, modulo 2^32.</summary>
    public ref uint Written => ref *(uint*)(_start + 64);

    /// <summary>Not zero while the receiver sleeps.</summary>
    public ref uint ReceiverWaits => ref *(uint*)(_start + 68);

    /// <summary>Chunks read so far, modulo 2^32.</summary>
    public ref uint Read => ref *(uint*)(_start + 128);

    /// <summary>Not zero while the sender sleeps.</summary>
    public ref uint SenderWaits => ref *(uint*)(_start + 132);

    /// <summary>Makes the memory for a lane, all of it at once: a full file system is noticed here and not in the middle of a step.</summary>
    /// <param name="folder">A memory file system.</param>
    /// <param name="slots">Chunks that it holds, a power of two.</param>
    /// <param name="slotBytes">Bytes of the largest chunk.</param>
    /// <param name="offer">What the receiver needs to open it.</param>
    /// <exception cref="IOException">There is no room, or no such folder.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not writable.</exception>
    public static SharedMemoryRegion Create(string folder, int slots, int slotBytes, out SharedMemoryOffer offer)
    {
        if (OperatingSystem.IsWindows()) throw new IOException("This system has no memory file system.");
        var nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        var name = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NonceBytes));
        var size = Size(slots, slotBytes);
        var file = new FileStream(Path.Combine(folder, name), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            PreallocationSize = size,
            BufferSize = 0,
        });
        try
        {
            file.SetLength(size);
            var region = new SharedMemoryRegion(file, slots, slotBytes);
            nonce.CopyTo(new Span<byte>(region._start, NonceBytes));
            offer = new SharedMemoryOffer(name, nonce, slots, slotBytes);
            return region;
        }
        catch
        {
            file.Dispose();
            File.Delete(Path.Combine(folder, name));
            throw;
        }
    }

    /// <summary>Opens what a sender offers; null where it is out of reach: another host, or another container's memory.</summary>
    /// <param name="folder">A memory file system.</param>
    /// <param name="offer">What the sender offers, not trusted.</param>
    public static SharedMemoryRegion? Open(string folder, SharedMemoryOffer offer)
    {
        if (!offer.IsPlausible || Path.GetFileName(offer.Name) != offer.Name || !offer.Name.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        SharedMemoryRegion? region = null;
        try
        {
            var file = new FileStream(Path.Combine(folder, offer.Name), new FileStreamOptions
            {
                Access = FileAccess.ReadWrite,
                Share = FileShare.ReadWrite | FileShare.Delete,
                BufferSize = 0,
            });
            if (file.Length != Size(offer.Slots, offer.SlotBytes))
            {
                file.Dispose();
                return null;
            }

            region = new SharedMemoryRegion(file, offer.Slots, offer.SlotBytes);
            if (new ReadOnlySpan<byte>(region._start, NonceBytes).SequenceEqual(offer.Nonce)) return region;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not within reach: the caller uses the network.
        }

        region?.Dispose();
        return null;
    }

    /// <summary>Takes the name away; the memory stays while somebody has it mapped.</summary>
    /// <param name="folder">Where it was made.</param>
    /// <param name="offer">What was offered.</param>
    public static void Forget(string folder, SharedMemoryOffer offer) => File.Delete(Path.Combine(folder, offer.Name));

    /// <summary>Memory of a chunk.</summary>
    /// <param name="count">Its number, from 0, modulo 2^32.</param>
    public Span<byte> Slot(uint count) => new(SlotStart(count) + SlotHeaderBytes, SlotBytes);

    /// <summary>The header of a chunk.</summary>
    /// <param name="count">Its number, from 0, modulo 2^32.</param>
    public ref SharedMemoryHeader Header(uint count) => ref *(SharedMemoryHeader*)SlotStart(count);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private static long Size(int slots, int slotBytes) => SlotsOffset + (slots * (long)(SlotHeaderBytes + slotBytes));

    private byte* SlotStart(uint count) => _start + SlotsOffset + ((count & (uint)(Slots - 1)) * (long)(SlotHeaderBytes + SlotBytes));
}
