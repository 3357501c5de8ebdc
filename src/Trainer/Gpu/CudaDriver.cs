using System.Runtime.InteropServices;

namespace Granary.Trainer.Gpu;

/// <summary>
/// The part of NVIDIA's driver API that moves memory beside the computations (CUDA Driver API: stream, event and memory management). The
/// driver's library is the same for every version of the CUDA runtime that libtorch brings along, and shares its contexts.
/// </summary>
internal sealed unsafe class CudaDriver
{
    /// <summary>The driver's library where one is installed.</summary>
    public const string InstalledLibrary = "libcuda.so.1";

    private const int Success = 0;
    private const int NotReady = 600;
    private const uint NonBlocking = 1;
    private const uint DisableTiming = 2;

    private readonly delegate* unmanaged<int, byte**, int> _describe;
    private readonly delegate* unmanaged<int*, int, int> _deviceGet;
    private readonly delegate* unmanaged<byte*, int, int> _deviceGetUuid;
    private readonly delegate* unmanaged<nint*, int, int> _primaryContextRetain;
    private readonly delegate* unmanaged<int, int> _primaryContextRelease;
    private readonly delegate* unmanaged<nint, int> _contextSetCurrent;
    private readonly delegate* unmanaged<nint*, uint, int> _streamCreate;
    private readonly delegate* unmanaged<nint, int> _streamDestroy;
    private readonly delegate* unmanaged<nint, int> _streamSynchronize;
    private readonly delegate* unmanaged<nint, nint, uint, int> _streamWaitEvent;
    private readonly delegate* unmanaged<nint*, uint, int> _eventCreate;
    private readonly delegate* unmanaged<nint, int> _eventDestroy;
    private readonly delegate* unmanaged<nint, nint, int> _eventRecord;
    private readonly delegate* unmanaged<nint, int> _eventQuery;
    private readonly delegate* unmanaged<nint, nint, nuint, nint, int> _copyToMain;
    private readonly delegate* unmanaged<nint, nint, nuint, nint, int> _copyToDevice;

    private CudaDriver(nint library)
    {
        _describe = (delegate* unmanaged<int, byte**, int>)NativeLibrary.GetExport(library, "cuGetErrorString");
        _deviceGet = (delegate* unmanaged<int*, int, int>)NativeLibrary.GetExport(library, "cuDeviceGet");
        // The second version tells the parts of a divided GPU (MIG) from each other.
        _deviceGetUuid = (delegate* unmanaged<byte*, int, int>)(NativeLibrary.TryGetExport(library, "cuDeviceGetUuid_v2", out var second)
            ? second
            : NativeLibrary.GetExport(library, "cuDeviceGetUuid"));
        _primaryContextRetain = (delegate* unmanaged<nint*, int, int>)NativeLibrary.GetExport(library, "cuDevicePrimaryCtxRetain");
        _primaryContextRelease = (delegate* unmanaged<int, int>)NativeLibrary.GetExport(library, "cuDevicePrimaryCtxRelease_v2");
        _contextSetCurrent = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "cuCtxSetCurrent");
        _streamCreate = (delegate* unmanaged<nint*, uint, int>)NativeLibrary.GetExport(library, "cuStreamCreate");
        _streamDestroy = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "cuStreamDestroy_v2");
        _streamSynchronize = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "cuStreamSynchronize");
        _streamWaitEvent = (delegate* unmanaged<nint, nint, uint, int>)NativeLibrary.GetExport(library, "cuStreamWaitEvent");
        _eventCreate = (delegate* unmanaged<nint*, uint, int>)NativeLibrary.GetExport(library, "cuEventCreate");
        _eventDestroy = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "cuEventDestroy_v2");
        _eventRecord = (delegate* unmanaged<nint, nint, int>)NativeLibrary.GetExport(library, "cuEventRecord");
        _eventQuery = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "cuEventQuery");
        _copyToMain = (delegate* unmanaged<nint, nint, nuint, nint, int>)NativeLibrary.GetExport(library, "cuMemcpyDtoHAsync_v2");
        _copyToDevice = (delegate* unmanaged<nint, nint, nuint, nint, int>)NativeLibrary.GetExport(library, "cuMemcpyHtoDAsync_v2");
        var init = (delegate* unmanaged<uint, int>)NativeLibrary.GetExport(library, "cuInit");
        Check(init(0), "to start");
    }

    /// <summary>The driver; null where there is none, or one that lacks what is needed.</summary>
    /// <param name="library">Its library's name or path.</param>
    public static CudaDriver? TryLoad(string library)
    {
        if (!NativeLibrary.TryLoad(library, out var handle)) return null;
        try
        {
            return new CudaDriver(handle);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or GpuException)
        {
            NativeLibrary.Free(handle);
            return null;
        }
    }

    /// <summary>Takes a share of a device's primary context, which is the one that libtorch computes in.</summary>
    /// <param name="ordinal">The device among those that this process sees, from 0.</param>
    public (int Device, nint Context) Retain(int ordinal)
    {
        int device;
        nint context;
        Check(_deviceGet(&device, ordinal), "to find the device");
        Check(_primaryContextRetain(&context, device), "to share the context");
        return (device, context);
    }

    /// <summary>Gives the share back.</summary>
    /// <param name="device">The device.</param>
    public void Release(int device) => _ = _primaryContextRelease(device);

    /// <summary>What no other GPU has: 16 bytes.</summary>
    /// <param name="device">The device.</param>
    public byte[] Uuid(int device)
    {
        var uuid = new byte[16];
        fixed (byte* bytes = uuid) Check(_deviceGetUuid(bytes, device), "to name the device");
        return uuid;
    }

    /// <summary>Makes a context this thread's.</summary>
    /// <param name="context">The context.</param>
    public void Enter(nint context) => Check(_contextSetCurrent(context), "to enter the context");

    /// <summary>A stream that does not wait for the computing one unless it is told to.</summary>
    public nint CreateStream()
    {
        nint stream;
        Check(_streamCreate(&stream, NonBlocking), "to make a stream");
        return stream;
    }

    /// <summary>Gives a stream back.</summary>
    /// <param name="stream">The stream.</param>
    public void DestroyStream(nint stream) => _ = _streamDestroy(stream);

    /// <summary>Returns when a stream has done all it was given.</summary>
    /// <param name="stream">The stream.</param>
    public void Finish(nint stream) => _ = _streamSynchronize(stream);

    /// <summary>What a stream is given from now on waits for an event.</summary>
    /// <param name="stream">The stream; 0 is the one that libtorch computes on.</param>
    /// <param name="awaited">The event.</param>
    public void Await(nint stream, nint awaited) => Check(_streamWaitEvent(stream, awaited, 0), "to let a stream wait");

    /// <summary>An event.</summary>
    public nint CreateEvent()
    {
        nint created;
        Check(_eventCreate(&created, DisableTiming), "to make an event");
        return created;
    }

    /// <summary>Gives an event back.</summary>
    /// <param name="destroyed">The event.</param>
    public void DestroyEvent(nint destroyed) => _ = _eventDestroy(destroyed);

    /// <summary>The event happens when a stream has done what it was given so far.</summary>
    /// <param name="recorded">The event.</param>
    /// <param name="stream">The stream; 0 is the one that libtorch computes on.</param>
    public void Record(nint recorded, nint stream) => Check(_eventRecord(recorded, stream), "to mark a stream");

    /// <summary>Whether an event has happened.</summary>
    /// <param name="asked">The event.</param>
    /// <exception cref="GpuException">What led to it failed.</exception>
    public bool HasHappened(nint asked)
    {
        var status = _eventQuery(asked);
        if (status == NotReady) return false;
        Check(status, "to do what it was given");
        return true;
    }

    /// <summary>Copies to page-locked main memory, in the stream's turn.</summary>
    /// <param name="main">Where to.</param>
    /// <param name="device">Where from.</param>
    /// <param name="bytes">How much.</param>
    /// <param name="stream">The stream.</param>
    public void CopyToMain(nint main, nint device, long bytes, nint stream) =>
        Check(_copyToMain(main, device, (nuint)bytes, stream), "to copy to main memory");

    /// <summary>Copies from page-locked main memory, in the stream's turn.</summary>
    /// <param name="device">Where to.</param>
    /// <param name="main">Where from.</param>
    /// <param name="bytes">How much.</param>
    /// <param name="stream">The stream.</param>
    public void CopyToDevice(nint device, nint main, long bytes, nint stream) =>
        Check(_copyToDevice(device, main, (nuint)bytes, stream), "to copy to the device");

    private void Check(int status, string what)
    {
        if (status == Success) return;
        byte* text = null;
        _ = _describe(status, &text);
        throw new GpuException($"The GPU's driver failed {what}: {Marshal.PtrToStringUTF8((nint)text) ?? "no description"} ({status}).");
    }
}
