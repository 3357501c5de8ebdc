using System.Runtime.InteropServices.Marshalling;
using static TorchSharp.torch;

namespace TorchSharp.Native;

[CustomMarshaller(typeof(Generator), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
internal static class GeneratorMarshaller
{
    internal ref struct In
    {
        private Generator? _generator;

        public void FromManaged(Generator? generator) => _generator = generator;

        public readonly nint ToUnmanaged() => _generator is null ? 0 : _generator.Handle;

        public readonly void Free() => GC.KeepAlive(_generator);
    }
}
