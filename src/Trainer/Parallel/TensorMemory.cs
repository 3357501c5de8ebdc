using System.Buffers;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Parallel;

/// <summary>
/// The elements of a float32 tensor in main memory, as memory that other threads and asynchronous code may hold. It owns the tensor: the
/// memory is good until it is disposed.
/// </summary>
internal sealed unsafe class TensorMemory : MemoryManager<float>
{
    private readonly float* _start;
    private readonly int _length;

    /// <summary>Takes over a tensor.</summary>
    /// <param name="tensor">Contiguous, float32, in main memory, outside any dispose scope.</param>
    public TensorMemory(Tensor tensor)
    {
        if (tensor.device_type != DeviceType.CPU || tensor.dtype != ScalarType.Float32 || !tensor.is_contiguous())
        {
            throw new ArgumentException("Expected a contiguous float32 tensor in main memory.", nameof(tensor));
        }

        Tensor = tensor;
        var values = MemoryMarshal.Cast<byte, float>(tensor.bytes);
        _length = values.Length;
        fixed (float* start = values) _start = start;
    }

    /// <summary>The tensor.</summary>
    public Tensor Tensor { get; }

    /// <inheritdoc/>
    public override Span<float> GetSpan() => new(_start, _length);

    /// <summary>Native memory does not move.</summary>
    /// <param name="elementIndex">The element to point at.</param>
    public override MemoryHandle Pin(int elementIndex = 0) => new(_start + elementIndex);

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) Tensor.Dispose();
    }
}
