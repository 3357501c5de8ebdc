using System.Runtime.InteropServices.Marshalling;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers: the same seed and the same draws give the same numbers.</summary>
    [NativeMarshalling(typeof(GeneratorMarshaller))]
    public class Generator : IDisposable
    {
        private nint _handle;

        /// <summary>A generator of its own.</summary>
        /// <param name="seed">The seed.</param>
        /// <param name="device">The device; the CPU unless given.</param>
        public Generator(ulong seed = 0, Device? device = null)
            : this(New(seed, device ?? CPU), device ?? CPU)
        {
        }

        private Generator(nint handle, Device device)
        {
            _handle = handle;
            this.device = device;
        }

        /// <summary>Releases the generator.</summary>
        ~Generator() => Dispose(false);

        /// <summary>The generator of the CPU that operations use when none is given.</summary>
        public static Generator Default { get; } = new(DefaultHandle(), CPU);

        /// <summary>The native reference, owned by this object.</summary>
        public IntPtr Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Generator));

        /// <summary>The device the numbers are drawn on.</summary>
        public Device device { get; private set; }

        /// <summary>The whole state, as a tensor of bytes.</summary>
        public Tensor get_state() => NativeMethods.Result(NativeMethods.gt_generator_get_state(this, out Tensor state), state);

        /// <summary>Goes back to a state that <see cref="get_state"/> gave.</summary>
        public void set_state(Tensor value) => NativeMethods.Check(NativeMethods.gt_generator_set_state(this, value));

        /// <summary>Begins anew with a seed.</summary>
        /// <returns>This generator.</returns>
        public Generator manual_seed(long seed)
        {
            NativeMethods.Check(NativeMethods.gt_generator_seed(this, seed));
            return this;
        }

        /// <summary>Begins anew with a seed of the operating system's randomness.</summary>
        /// <returns>The seed.</returns>
        public long seed()
        {
            NativeMethods.Check(NativeMethods.gt_generator_reseed(this, out long seed));
            return seed;
        }

        /// <summary>The seed the generator began with.</summary>
        public long initial_seed()
        {
            NativeMethods.Check(NativeMethods.gt_generator_initial_seed(this, out long seed));
            return seed;
        }

        /// <summary>Releases the generator.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Releases the generator.</summary>
        protected virtual void Dispose(bool disposing) => NativeMethods.gt_generator_free(Interlocked.Exchange(ref _handle, 0));

        private static nint New(ulong seed, Device device)
        {
            NativeMethods.Check(NativeMethods.gt_generator_new(seed, (int)device.type, device.index, out nint handle));
            return handle;
        }

        private static nint DefaultHandle()
        {
            NativeMethods.Check(NativeMethods.gt_generator_default(0, -1, out nint handle));
            return handle;
        }
    }
}
