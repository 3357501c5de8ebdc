namespace Granary.Trainer.Gpu;

/// <summary>
/// A stream of a GPU beside the one that libtorch computes on: what moves on it does not hold the computations up. Its methods may be
/// called from any thread.
/// </summary>
internal sealed class GpuStream : IDisposable
{
    /// <summary>The stream that libtorch computes on.</summary>
    private const nint Computing = 0;

    private readonly CudaDriver _driver;
    private readonly int _device;
    private readonly nint _context;
    private readonly nint _stream;
    private bool _disposed;

    /// <summary>Makes a stream.</summary>
    /// <param name="driver">The driver.</param>
    /// <param name="ordinal">The device among those that this process sees, from 0.</param>
    /// <exception cref="GpuException">The driver refused.</exception>
    public GpuStream(CudaDriver driver, int ordinal)
    {
        _driver = driver;
        (_device, _context) = driver.Retain(ordinal);
        try
        {
            driver.Enter(_context);
            _stream = driver.CreateStream();
        }
        catch
        {
            driver.Release(_device);
            throw;
        }
    }

    /// <summary>The driver's name of the stream.</summary>
    public nint Handle => _stream;

    /// <summary>What no other GPU has: 16 bytes.</summary>
    public byte[] DeviceUuid => _driver.Uuid(_device);

    /// <summary>An event on this device.</summary>
    public GpuEvent CreateEvent()
    {
        Enter();
        return new GpuEvent(_driver, _driver.CreateEvent());
    }

    /// <summary>Makes the device this thread's, for libraries that are called beside this.</summary>
    public void Enter() => _driver.Enter(_context);

    /// <summary>Marks the place that the computations have been given up to.</summary>
    /// <param name="computed">Happens when they come to it.</param>
    public void MarkComputing(GpuEvent computed)
    {
        Enter();
        _driver.Record(computed.Handle, Computing);
    }

    /// <summary>What comes next on this stream waits for a place.</summary>
    /// <param name="reached">The place.</param>
    public void Follow(GpuEvent reached)
    {
        Enter();
        _driver.Await(_stream, reached.Handle);
    }

    /// <summary>What is computed from now on waits for a place on this stream.</summary>
    /// <param name="reached">The place.</param>
    public void LetComputingFollow(GpuEvent reached)
    {
        Enter();
        _driver.Await(Computing, reached.Handle);
    }

    /// <summary>Marks the place that this stream has been given up to.</summary>
    /// <param name="reached">Happens when the stream comes to it.</param>
    public void Mark(GpuEvent reached)
    {
        Enter();
        _driver.Record(reached.Handle, _stream);
    }

    /// <summary>Copies to page-locked main memory.</summary>
    /// <param name="main">Where to.</param>
    /// <param name="device">Where from.</param>
    /// <param name="bytes">How much.</param>
    public void CopyToMain(nint main, nint device, long bytes)
    {
        Enter();
        _driver.CopyToMain(main, device, bytes, _stream);
    }

    /// <summary>Copies from page-locked main memory.</summary>
    /// <param name="device">Where to.</param>
    /// <param name="main">Where from.</param>
    /// <param name="bytes">How much.</param>
    public void CopyToDevice(nint device, nint main, long bytes)
    {
        Enter();
        _driver.CopyToDevice(device, main, bytes, _stream);
    }

    /// <summary>Returns when the stream has done all it was given.</summary>
    public void Finish()
    {
        Enter();
        _driver.Finish(_stream);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        Finish();
        _driver.DestroyStream(_stream);
        _driver.Release(_device);
    }
}
