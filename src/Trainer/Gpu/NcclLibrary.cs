using System.Runtime.InteropServices;

namespace Granary.Trainer.Gpu;

/// <summary>
/// The part of NCCL that sums over ranks (NVIDIA Collective Communication Library, "NCCL API"). Communicators are made so that no call
/// waits for another rank (<c>blocking = 0</c>, since version 2.14): a rank that is lost can be left.
/// </summary>
internal sealed unsafe class NcclLibrary
{
    /// <summary>NCCL's library where it is installed.</summary>
    public const string InstalledLibrary = "libnccl.so.2";

    /// <summary>Bytes of the id by which the ranks of a communicator find each other.</summary>
    public const int IdBytes = 128;

    // ncclResult_t, ncclDataType_t, ncclRedOp_t and ncclConfig_t of nccl.h.
    private const int Success = 0;
    private const int InProgress = 7;
    private const int Float32 = 7;
    private const int Sum = 0;
    private const uint ConfigMagic = 0xcafebeef;
    private const int FirstVersion = 21_400;

    private readonly delegate* unmanaged<int, byte*> _describe;
    private readonly delegate* unmanaged<Id*, int> _getUniqueId;
    private readonly delegate* unmanaged<nint*, int, Id, int, Config*, int> _init;
    private readonly delegate* unmanaged<nint, int*, int> _getAsyncError;
    private readonly delegate* unmanaged<nint, nint, nuint, int, int, nint, nint, int> _allReduce;
    private readonly delegate* unmanaged<nint, int> _abort;

    private NcclLibrary(nint library, int version)
    {
        Version = version;
        _describe = (delegate* unmanaged<int, byte*>)NativeLibrary.GetExport(library, "ncclGetErrorString");
        _getUniqueId = (delegate* unmanaged<Id*, int>)NativeLibrary.GetExport(library, "ncclGetUniqueId");
        _init = (delegate* unmanaged<nint*, int, Id, int, Config*, int>)NativeLibrary.GetExport(library, "ncclCommInitRankConfig");
        _getAsyncError = (delegate* unmanaged<nint, int*, int>)NativeLibrary.GetExport(library, "ncclCommGetAsyncError");
        _allReduce = (delegate* unmanaged<nint, nint, nuint, int, int, nint, nint, int>)NativeLibrary.GetExport(library, "ncclAllReduce");
        _abort = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "ncclCommAbort");
    }

    /// <summary>As NCCL counts: 21805 is 2.18.5.</summary>
    public int Version { get; }

    /// <summary>NCCL; null where it is not there, or too old.</summary>
    /// <param name="library">Its library's name or path.</param>
    public static NcclLibrary? TryLoad(string library)
    {
        if (!NativeLibrary.TryLoad(library, out var handle)) return null;
        int version = 0;
        try
        {
            var get = (delegate* unmanaged<int*, int>)NativeLibrary.GetExport(handle, "ncclGetVersion");
            if (get(&version) == Success && version >= FirstVersion) return new NcclLibrary(handle, version);
        }
        catch (EntryPointNotFoundException)
        {
            // Another library of that name.
        }

        NativeLibrary.Free(handle);
        return null;
    }

    /// <summary>A new id; one rank draws it and gives it to the others.</summary>
    public byte[] DrawId()
    {
        Id id;
        Check(_getUniqueId(&id), "to draw an id");
        return new ReadOnlySpan<byte>(id.Bytes, IdBytes).ToArray();
    }

    /// <summary>Begins to join a communicator; see <see cref="IsReady"/>.</summary>
    /// <param name="id">Drawn by one rank.</param>
    /// <param name="rank">This rank.</param>
    /// <param name="worldSize">Ranks.</param>
    public nint Join(ReadOnlySpan<byte> id, int rank, int worldSize)
    {
        Id named;
        id.CopyTo(new Span<byte>(named.Bytes, IdBytes));
        var config = new Config { Size = (nuint)sizeof(Config), Magic = ConfigMagic, Version = FirstVersion, Blocking = 0 };
        nint communicator;
        Begun(_init(&communicator, worldSize, named, rank, &config), "to join the ranks");
        return communicator;
    }

    /// <summary>Whether the last call has done its work on this side.</summary>
    /// <param name="communicator">The communicator.</param>
    /// <exception cref="GpuException">It failed.</exception>
    public bool IsReady(nint communicator)
    {
        int status;
        Check(_getAsyncError(communicator, &status), "to say how it is");
        if (status == InProgress) return false;
        Check(status, "to reach the other ranks");
        return true;
    }

    /// <summary>Sums float32 numbers in a device's memory, in the stream's turn.</summary>
    /// <param name="values">Where they are, and where the sums go.</param>
    /// <param name="count">How many.</param>
    /// <param name="communicator">The ranks.</param>
    /// <param name="stream">The stream.</param>
    public void AllReduce(nint values, long count, nint communicator, nint stream) =>
        Begun(_allReduce(values, values, (nuint)count, Float32, Sum, communicator, stream), "to sum");

    /// <summary>Leaves, whatever is under way, and without waiting for the other ranks.</summary>
    /// <param name="communicator">The communicator; it is gone after this.</param>
    public void Abort(nint communicator) => _ = _abort(communicator);

    private void Begun(int status, string what) => Check(status == InProgress ? Success : status, what);

    private void Check(int status, string what)
    {
        if (status == Success) return;
        throw new GpuException($"NCCL failed {what}: {Marshal.PtrToStringUTF8((nint)_describe(status))} ({status}).");
    }

    private struct Id
    {
        public fixed byte Bytes[IdBytes];
    }

    // Its first version: later ones have more members, which they fill in by themselves.
    private struct Config
    {
        public nuint Size;
        public uint Magic;
        public uint Version;
        public int Blocking;
    }
}
