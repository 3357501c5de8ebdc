using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Native;

// Making tensors. The contract of each function is in native/include/granary_torch.h.
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int gt_empty(ReadOnlySpan<long> sizes, int n, FactoryOptions options, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_zeros(ReadOnlySpan<long> sizes, int n, FactoryOptions options, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_ones(ReadOnlySpan<long> sizes, int n, FactoryOptions options, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_full(ReadOnlySpan<long> sizes, int n, Scalar value, FactoryOptions options, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_rand(ReadOnlySpan<long> sizes, int n, torch.Generator? generator, FactoryOptions options,
        out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_randn(ReadOnlySpan<long> sizes, int n, torch.Generator? generator, FactoryOptions options,
        out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_randint(long low, long high, ReadOnlySpan<long> sizes, int n, torch.Generator? generator,
        FactoryOptions options, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_randperm(long n, torch.Generator? generator, FactoryOptions options, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_arange(Scalar start, Scalar stop, Scalar step, FactoryOptions options, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_linspace(double start, double end, long steps, FactoryOptions options, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_eye(long rows, long columns, FactoryOptions options, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_empty_like(Tensor self, FactoryOptions options, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_zeros_like(Tensor self, FactoryOptions options, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_ones_like(Tensor self, FactoryOptions options, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_rand_like(Tensor self, FactoryOptions options, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_randn_like(Tensor self, FactoryOptions options, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_full_like(Tensor self, Scalar value, FactoryOptions options, out Tensor result);
}
