using System.Runtime.InteropServices.Marshalling;
using static TorchSharp.torch;

namespace TorchSharp.Native;

// Lends a tensor to native code and keeps it alive until the call returns: without that, a collection during the call could
// finalize a tensor whose last use is the call itself, and free the memory under it.
[CustomMarshaller(typeof(Tensor), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
[CustomMarshaller(typeof(Tensor), MarshalMode.ManagedToUnmanagedOut, typeof(Out))]
internal static class TensorMarshaller
{
    internal ref struct In
    {
        private Tensor? _tensor;

        public void FromManaged(Tensor? tensor) => _tensor = tensor;

        public readonly nint ToUnmanaged() => _tensor is null ? 0 : _tensor.Handle;

        public readonly void Free() => GC.KeepAlive(_tensor);
    }

    internal static class Out
    {
        // A failed call leaves no handle; its caller throws before the null is seen.
        public static Tensor ConvertToManaged(nint handle) => handle == 0 ? null! : new Tensor(handle);
    }
}
