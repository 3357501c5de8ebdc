using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Native;

// Reductions, sorting, counting. The contract of each function is in native/include/granary_torch.h.
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int gt_sum_dims(Tensor self, ReadOnlySpan<long> dims, int n, [MarshalAs(UnmanagedType.Bool)] bool keepdim,
        int dtype, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_mean_dims(Tensor self, ReadOnlySpan<long> dims, int n, [MarshalAs(UnmanagedType.Bool)] bool keepdim,
        int dtype, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_prod_dim(Tensor self, long dim, [MarshalAs(UnmanagedType.Bool)] bool keepdim, int dtype,
        out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_var(Tensor self, ReadOnlySpan<long> dims, int n, [MarshalAs(UnmanagedType.Bool)] bool unbiased,
        [MarshalAs(UnmanagedType.Bool)] bool keepdim, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_std(Tensor self, ReadOnlySpan<long> dims, int n, [MarshalAs(UnmanagedType.Bool)] bool unbiased,
        [MarshalAs(UnmanagedType.Bool)] bool keepdim, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_var_mean(Tensor self, ReadOnlySpan<long> dims, int n, [MarshalAs(UnmanagedType.Bool)] bool unbiased,
        [MarshalAs(UnmanagedType.Bool)] bool keepdim, out Tensor var, out Tensor mean);

    [LibraryImport(Library)]
    internal static partial int gt_std_mean(Tensor self, ReadOnlySpan<long> dims, int n, [MarshalAs(UnmanagedType.Bool)] bool unbiased,
        [MarshalAs(UnmanagedType.Bool)] bool keepdim, out Tensor std, out Tensor mean);

    [LibraryImport(Library)]
    internal static partial int gt_norm(Tensor self, double p, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_norm_dim(Tensor self, double p, long dim, [MarshalAs(UnmanagedType.Bool)] bool keepdim,
        out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_amax(Tensor self, ReadOnlySpan<long> dims, int n, [MarshalAs(UnmanagedType.Bool)] bool keepdim,
        out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_amin(Tensor self, ReadOnlySpan<long> dims, int n, [MarshalAs(UnmanagedType.Bool)] bool keepdim,
        out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_all_dim(Tensor self, long dim, [MarshalAs(UnmanagedType.Bool)] bool keepdim, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_any_dim(Tensor self, long dim, [MarshalAs(UnmanagedType.Bool)] bool keepdim, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_max_dim(Tensor self, long dim, [MarshalAs(UnmanagedType.Bool)] bool keepdim, out Tensor values,
        out Tensor indices);

    [LibraryImport(Library)]
    internal static partial int gt_min_dim(Tensor self, long dim, [MarshalAs(UnmanagedType.Bool)] bool keepdim, out Tensor values,
        out Tensor indices);

    [LibraryImport(Library)]
    internal static partial int gt_argmax_dim(Tensor self, long dim, [MarshalAs(UnmanagedType.Bool)] bool keepdim, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_argmin_dim(Tensor self, long dim, [MarshalAs(UnmanagedType.Bool)] bool keepdim, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_topk(Tensor self, long k, long dim, [MarshalAs(UnmanagedType.Bool)] bool largest,
        [MarshalAs(UnmanagedType.Bool)] bool sorted, out Tensor values, out Tensor indices);

    [LibraryImport(Library)]
    internal static partial int gt_sort(Tensor self, long dim, [MarshalAs(UnmanagedType.Bool)] bool descending,
        [MarshalAs(UnmanagedType.Bool)] bool stable, out Tensor values, out Tensor indices);

    [LibraryImport(Library)]
    internal static partial int gt_argsort(Tensor self, long dim, [MarshalAs(UnmanagedType.Bool)] bool descending, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_count_nonzero(Tensor self, ReadOnlySpan<long> dims, int n, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_histc(Tensor self, long bins, double min, double max, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_bincount(Tensor self, Tensor? weights, long minlength, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_cumsum(Tensor self, long dim, int dtype, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_quantile(Tensor self, Tensor q, long dim, [MarshalAs(UnmanagedType.Bool)] bool keepdim,
        out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_logsumexp(Tensor self, long dim, [MarshalAs(UnmanagedType.Bool)] bool keepdim, out Tensor result);
}
