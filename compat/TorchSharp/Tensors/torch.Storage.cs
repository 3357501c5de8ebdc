using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The memory behind a tensor.</summary>
    public abstract class Storage
    {
        private protected Storage(Tensor tensor) => Tensor = tensor;

        private protected Tensor? Tensor { get; set; }

        /// <summary>Where the memory begins, on whatever device it is; good as long as the tensor is.</summary>
        /// <exception cref="ObjectDisposedException">The storage was given back.</exception>
        public IntPtr data_ptr()
        {
            ObjectDisposedException.ThrowIf(Tensor is null, this);
            NativeMethods.Check(NativeMethods.gt_data_ptr(Tensor, out nint address));
            return address - (nint)(Tensor.storage_offset() * Tensor.ElementSize);
        }
    }

    /// <summary>The memory behind a tensor, as elements of one type.</summary>
    /// <typeparam name="T">The elements.</typeparam>
    public sealed class Storage<T> : Storage, IDisposable where T : unmanaged
    {
        internal Storage(Tensor tensor) : base(tensor)
        {
        }

        /// <summary>The storage cannot be asked any more; the tensor stays.</summary>
        public void Dispose() => Tensor = null;
    }

    public partial class Tensor
    {
        /// <summary>The memory behind the tensor.</summary>
        /// <typeparam name="T">The type of the elements.</typeparam>
        /// <exception cref="NotSupportedException">The tensor's elements are of another type: upstream would convert them into other memory.</exception>
        public Storage<T> storage<T>() where T : unmanaged => typeof(T) == typeof(float) && dtype == ScalarType.Float32
            ? new Storage<T>(this)
            : throw new NotSupportedException($"Only the storage of a float32 tensor is there, as float; this one holds {dtype}.");
    }
}
