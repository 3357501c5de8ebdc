using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Native;

// What a tensor is and holds. The contract of each function is in native/include/granary_torch.h.
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial nint gt_tensor_retain(nint self);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long gt_allocated_bytes();

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long gt_ndim(Tensor self);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long gt_numel(Tensor self);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long gt_element_size(Tensor self);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int gt_dtype(Tensor self);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int gt_device_type(Tensor self);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int gt_device_index(Tensor self);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool gt_is_contiguous(Tensor self);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool gt_is_sparse(Tensor self);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool gt_requires_grad(Tensor self);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool gt_is_leaf(Tensor self);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial void gt_sizes(Tensor self, Span<long> result);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial void gt_strides(Tensor self, Span<long> result);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long gt_storage_offset(Tensor self);

    [LibraryImport(Library)]
    internal static partial int gt_data_ptr(Tensor self, out nint result);

    [LibraryImport(Library)]
    internal static partial int gt_from_bytes(ReadOnlySpan<byte> data, long bytes, ReadOnlySpan<long> sizes, int n,
        FactoryOptions options, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_item_double(Tensor self, out double result);

    [LibraryImport(Library)]
    internal static partial int gt_item_int64(Tensor self, out long result);

    [LibraryImport(Library)]
    internal static partial int gt_to(Tensor self, int dtype, int deviceType, int deviceIndex,
        [MarshalAs(UnmanagedType.Bool)] bool nonBlocking, [MarshalAs(UnmanagedType.Bool)] bool copy, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_copy_(Tensor self, Tensor source, [MarshalAs(UnmanagedType.Bool)] bool nonBlocking);

    [LibraryImport(Library)]
    internal static partial int gt_set_(Tensor self, Tensor source);

    [LibraryImport(Library)]
    internal static partial int gt_clone(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_contiguous(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_pin_memory(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_allclose(Tensor self, Tensor other, double rtol, double atol,
        [MarshalAs(UnmanagedType.Bool)] bool equalNan, out int result);

    [LibraryImport(Library)]
    internal static partial int gt_identical(Tensor self, Tensor other, out int result);
}
