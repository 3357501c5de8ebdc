using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Native;

// Whole optimizer steps and gradient lists. The contract of each function is in native/include/granary_torch.h.
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int gt_sgd_step(ReadOnlySpan<nint> parameters, Span<nint> buffers, int n, SgdOptions options);

    [LibraryImport(Library)]
    internal static partial int gt_adam_step(ReadOnlySpan<nint> parameters, Span<nint> averages, Span<nint> squares, Span<nint> maxima,
        Span<long> steps, int n, AdamOptions options);

    [LibraryImport(Library)]
    internal static partial int gt_rmsprop_step(ReadOnlySpan<nint> parameters, Span<nint> squares, Span<nint> averages, Span<nint> buffers,
        Span<long> steps, int n, RmsPropOptions options);

    [LibraryImport(Library)]
    internal static partial int gt_zero_grad(ReadOnlySpan<nint> parameters, int n, [MarshalAs(UnmanagedType.Bool)] bool setToNone);

    [LibraryImport(Library)]
    internal static partial int gt_clip_grad_norm_(ReadOnlySpan<nint> parameters, int n, double maxNorm, double normType, out double total);

    [LibraryImport(Library)]
    internal static partial int gt_clip_grad_value_(ReadOnlySpan<nint> parameters, int n, double value);

    [LibraryImport(Library)]
    internal static partial int gt_flatten_all(ReadOnlySpan<nint> tensors, int n, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_unflatten_all(Tensor flat, ReadOnlySpan<nint> tensors, int n);
}
