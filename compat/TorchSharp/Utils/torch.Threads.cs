using TorchSharp.Native;

namespace TorchSharp;

/// <summary>The entry to all of it: tensors, networks, optimizers. Names and meanings are PyTorch's.</summary>
public static partial class torch
{
    /// <summary>The version of libtorch.</summary>
    public static string __version__ => NativeMethods.Version;

    /// <summary>How many threads one operation may use.</summary>
    public static int get_num_threads() => NativeMethods.gt_get_num_threads();

    /// <summary>Sets how many threads one operation may use, at least 1. Results repeat exactly for a given number only.</summary>
    public static void set_num_threads(int num) => NativeMethods.Check(NativeMethods.gt_set_num_threads(num));

    /// <summary>How many operations of an interpreter may run at once.</summary>
    public static int get_num_interop_threads() => NativeMethods.gt_get_num_interop_threads();

    /// <summary>Sets how many operations of an interpreter may run at once; once only, before any has run.</summary>
    public static void set_num_interop_threads(int num) => NativeMethods.Check(NativeMethods.gt_set_num_interop_threads(num));

    /// <summary>Whether a CUDA device can be used.</summary>
    public static bool cuda_is_available() => cuda.is_available();

    /// <summary>CUDA devices.</summary>
    public static partial class cuda
    {
        /// <summary>Whether a CUDA device can be used.</summary>
        public static bool is_available() => NativeMethods.gt_cuda_available();

        /// <summary>Whether cuDNN can be used.</summary>
        public static bool is_cudnn_available() => NativeMethods.gt_cudnn_available();

        /// <summary>The number of CUDA devices.</summary>
        public static int device_count() => NativeMethods.gt_cuda_device_count();

        /// <summary>Begins the generator of the current device anew with a seed.</summary>
        public static void manual_seed(long seed) => NativeMethods.Check(NativeMethods.gt_cuda_manual_seed(seed, false));

        /// <summary>Begins the generators of all devices anew with a seed.</summary>
        public static void manual_seed_all(long seed) => NativeMethods.Check(NativeMethods.gt_cuda_manual_seed(seed, true));

        /// <summary>Waits until a device, or the current one, has done all it was given.</summary>
        public static void synchronize(Device? device = null) => NativeMethods.Check(NativeMethods.gt_cuda_synchronize(device?.index ?? -1));
    }

    /// <summary>Settings of the libraries below libtorch.</summary>
    public static partial class backends
    {
        /// <summary>Settings of CUDA.</summary>
        public static partial class cuda
        {
            /// <summary>Settings of matrix products.</summary>
            public static partial class matmul
            {
                /// <summary>Whether products of 32-bit numbers may use the 19-bit format of newer GPUs.</summary>
                public static bool allow_tf32
                {
                    get => NativeMethods.gt_allow_tf32(false);
                    set => NativeMethods.gt_set_allow_tf32(false, value);
                }
            }
        }

        /// <summary>Settings of cuDNN.</summary>
        public static partial class cudnn
        {
            /// <summary>Whether convolutions of 32-bit numbers may use the 19-bit format of newer GPUs.</summary>
            public static bool allow_tf32
            {
                get => NativeMethods.gt_allow_tf32(true);
                set => NativeMethods.gt_set_allow_tf32(true, value);
            }
        }
    }
}
