using System.Runtime.CompilerServices;
using System.Runtime.InteropServices.Marshalling;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A reference to a tensor of libtorch. Whoever holds it disposes it, or a <see cref="DisposeScope"/> does; the finalizer is a safety
    /// net. Reading is safe from several threads, writing and disposing are not. A failed operation throws
    /// <see cref="System.Runtime.InteropServices.ExternalException"/> with libtorch's message.
    /// </summary>
    [NativeMarshalling(typeof(TensorMarshaller))]
    public partial class Tensor : IDisposable
    {
        private static long Total;
        private static long Peak;

        private nint _handle;
        private int _place;

        internal Tensor(nint handle)
        {
            _handle = handle;
            CountUp();
            DisposeScopeManager.Register(this);
            NativeMemory.OnTensorCreated();
        }

        /// <summary>Releases the reference when nobody disposed it.</summary>
        ~Tensor() => Release();

        /// <summary>How many tensors exist that are referenced from managed code: a figure that grows from epoch to epoch is a leak.</summary>
        public static long TotalCount => Volatile.Read(ref Total);

        /// <summary>The largest <see cref="TotalCount"/> so far.</summary>
        public static long PeakCount => Volatile.Read(ref Peak);

        /// <summary>A name for people; operations do not read it.</summary>
        public string? name { get; set; }

        /// <summary>Whether the tensor has been disposed.</summary>
        public bool IsInvalid => _handle == 0;

        /// <summary>The native reference, owned by this object.</summary>
        /// <exception cref="InvalidOperationException">The tensor has been disposed.</exception>
        public IntPtr Handle
        {
            get
            {
                if (_handle == 0) ThrowInvalid();
                return _handle;
            }
        }

        internal DisposeScope? OwningDisposeScope { get; private set; }

        /// <summary>Makes a tensor of a native reference and takes that over.</summary>
        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle);

        /// <summary>Releases the reference; the memory goes with the last one.</summary>
        public void Dispose()
        {
            OwningDisposeScope?.Remove(this);
            Release();
            GC.SuppressFinalize(this);
        }

        /// <summary>Gives up the native reference without releasing it; this object is then as if disposed.</summary>
        public IntPtr DecoupleFromNativeHandle()
        {
            nint handle = Handle;
            OwningDisposeScope?.Remove(this);
#pragma warning disable CA1816 // There is nothing left to finalize.
            GC.SuppressFinalize(this);
#pragma warning restore CA1816
            Interlocked.Decrement(ref Total);
            _handle = 0;
            return handle;
        }

        /// <summary>Hands the tensor to the scope around the one that owns it; without one it is owned by nobody.</summary>
        /// <returns>This tensor.</returns>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Takes the tensor out of the scopes: its holder disposes it.</summary>
        /// <returns>This tensor.</returns>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        /// <summary>Hands the tensor to the scope that owns another one.</summary>
        /// <returns>This tensor.</returns>
        public Tensor MoveToOtherDisposeScope(Tensor other)
        {
            ArgumentNullException.ThrowIfNull(other);
            return MoveToOtherDisposeScope(other.OwningDisposeScope);
        }

        /// <summary>Hands the tensor to a scope, or to nobody when that is null.</summary>
        /// <returns>This tensor.</returns>
        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is null) other?.Attach(this);
            else OwningDisposeScope.MoveToOther(other, this);
            return this;
        }

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is Tensor tensor && Equals(tensor);

        /// <inheritdoc/>
        public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

        /// <summary>Shape, type and device, not the elements.</summary>
        public override string ToString() => IsInvalid
            ? "[disposed]"
            : $"[{string.Join("x", shape)}], type = {dtype}, device = {device}";

        // Exchanges the native references of two tensors: this object then holds what the other held.
        internal void Adopt(Tensor other) => (_handle, other._handle) = (other.Handle, Handle);

        internal void EnterScope(DisposeScope scope, int place)
        {
            OwningDisposeScope = scope;
            _place = place;
        }

        internal int LeaveScope()
        {
            OwningDisposeScope = null;
            return _place;
        }

        private void Release()
        {
            nint handle = Interlocked.Exchange(ref _handle, 0);
            if (handle == 0) return;
            Interlocked.Decrement(ref Total);
            NativeMethods.gt_tensor_free(handle);
        }

        private static void CountUp()
        {
            long total = Interlocked.Increment(ref Total);
            if (total > Peak) Peak = total;
        }

        private static void ThrowInvalid() => throw new InvalidOperationException("Tensor invalid -- empty handle.");
    }
}
