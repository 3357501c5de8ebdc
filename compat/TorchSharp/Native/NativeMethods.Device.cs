using System.Runtime.InteropServices;

namespace TorchSharp.Native;

// Threads and CUDA. The contract of each function is in native/include/granary_torch.h.
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int gt_set_num_threads(int n);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int gt_get_num_threads();

    [LibraryImport(Library)]
    internal static partial int gt_set_num_interop_threads(int n);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int gt_get_num_interop_threads();

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool gt_cuda_available();

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool gt_cudnn_available();

    [LibraryImport(Library)]
    internal static partial int gt_cuda_device_count();

    [LibraryImport(Library)]
    internal static partial int gt_cuda_manual_seed(long seed, [MarshalAs(UnmanagedType.Bool)] bool all);

    [LibraryImport(Library)]
    internal static partial int gt_cuda_synchronize(int deviceIndex);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool gt_allow_tf32([MarshalAs(UnmanagedType.Bool)] bool cudnn);
}
