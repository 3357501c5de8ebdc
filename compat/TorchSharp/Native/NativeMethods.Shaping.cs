using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Native;

// Views, indexing, joining, splitting. The contract of each function is in native/include/granary_torch.h.
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int gt_view(Tensor self, ReadOnlySpan<long> sizes, int n, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_reshape(Tensor self, ReadOnlySpan<long> sizes, int n, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_expand(Tensor self, ReadOnlySpan<long> sizes, int n, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_repeat(Tensor self, ReadOnlySpan<long> sizes, int n, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_permute(Tensor self, ReadOnlySpan<long> dims, int n, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_flip(Tensor self, ReadOnlySpan<long> dims, int n, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_roll(Tensor self, ReadOnlySpan<long> shifts, int n, ReadOnlySpan<long> dims, int m, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_as_strided(Tensor self, ReadOnlySpan<long> sizes, ReadOnlySpan<long> strides, int n, long offset,
        out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_flatten(Tensor self, long start, long end, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_unflatten(Tensor self, long dim, ReadOnlySpan<long> sizes, int n, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_transpose(Tensor self, long dim0, long dim1, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_squeeze_dim(Tensor self, long dim, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_unsqueeze(Tensor self, long dim, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_unsqueeze_(Tensor self, long dim);

    [LibraryImport(Library)]
    internal static partial int gt_narrow(Tensor self, long dim, long start, long length, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_slice(Tensor self, long dim, long start, long end, long step, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_select(Tensor self, long dim, long index, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_index_select(Tensor self, long dim, Tensor index, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_index(Tensor self, ReadOnlySpan<IndexItem> indices, int n, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_index_put_(Tensor self, ReadOnlySpan<IndexItem> indices, int n, Tensor value);

    [LibraryImport(Library)]
    internal static partial int gt_index_add_(Tensor self, long dim, Tensor index, Tensor source, Scalar alpha);

    [LibraryImport(Library)]
    internal static partial int gt_gather(Tensor self, long dim, Tensor index, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_scatter(Tensor self, long dim, Tensor index, Tensor source, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_scatter_(Tensor self, long dim, Tensor index, Tensor source);

    [LibraryImport(Library)]
    internal static partial int gt_scatter_add(Tensor self, long dim, Tensor index, Tensor source, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_scatter_add_(Tensor self, long dim, Tensor index, Tensor source);

    [LibraryImport(Library)]
    internal static partial int gt_tril(Tensor self, long diagonal, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_triu(Tensor self, long diagonal, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_cat(ReadOnlySpan<nint> tensors, int n, long dim, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_stack(ReadOnlySpan<nint> tensors, int n, long dim, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_chunk(Tensor self, long chunks, long dim, Span<nint> result, int capacity, out int count);

    [LibraryImport(Library)]
    internal static partial int gt_split(Tensor self, long size, long dim, Span<nint> result, int capacity, out int count);

    [LibraryImport(Library)]
    internal static partial int gt_split_sizes(Tensor self, ReadOnlySpan<long> sizes, int n, long dim, Span<nint> result, int capacity,
        out int count);

    [LibraryImport(Library)]
    internal static partial int gt_unbind(Tensor self, long dim, Span<nint> result, int capacity, out int count);
}
