using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Native;

// Layers and losses. The contract of each function is in native/include/granary_torch.h.
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int gt_linear(Tensor input, Tensor? weight, Tensor? bias, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_conv(Tensor input, Tensor? weight, Tensor? bias, int n, ReadOnlySpan<long> stride,
        ReadOnlySpan<long> padding, ReadOnlySpan<long> dilation, long groups, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_conv_same(Tensor input, Tensor? weight, Tensor? bias, int n, ReadOnlySpan<long> stride,
        ReadOnlySpan<long> dilation, long groups, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_conv_transpose(Tensor input, Tensor? weight, Tensor? bias, int n, ReadOnlySpan<long> stride,
        ReadOnlySpan<long> padding, ReadOnlySpan<long> outputPadding, ReadOnlySpan<long> dilation, long groups, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_batch_norm(Tensor input, Tensor? mean, Tensor? var, Tensor? weight, Tensor? bias, Tensor? batches,
        [MarshalAs(UnmanagedType.Bool)] bool training, double momentum, double eps, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_max_pool2d(Tensor input, ReadOnlySpan<long> kernel, ReadOnlySpan<long> stride,
        ReadOnlySpan<long> padding, ReadOnlySpan<long> dilation, [MarshalAs(UnmanagedType.Bool)] bool ceilMode, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_max_pool2d_with_indices(Tensor input, ReadOnlySpan<long> kernel, ReadOnlySpan<long> stride,
        ReadOnlySpan<long> padding, ReadOnlySpan<long> dilation, [MarshalAs(UnmanagedType.Bool)] bool ceilMode, out Tensor result,
        out Tensor indices);

    [LibraryImport(Library)]
    internal static partial int gt_avg_pool2d(Tensor input, ReadOnlySpan<long> kernel, ReadOnlySpan<long> stride,
        ReadOnlySpan<long> padding, [MarshalAs(UnmanagedType.Bool)] bool ceilMode, [MarshalAs(UnmanagedType.Bool)] bool countIncludePad,
        long divisor, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_adaptive_avg_pool2d(Tensor input, ReadOnlySpan<long> sizes, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_adaptive_max_pool2d(Tensor input, ReadOnlySpan<long> sizes, out Tensor result, out Tensor indices);

    [LibraryImport(Library)]
    internal static partial int gt_dropout(Tensor input, double p, [MarshalAs(UnmanagedType.Bool)] bool training, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_dropout_(Tensor input, double p, [MarshalAs(UnmanagedType.Bool)] bool training);

    [LibraryImport(Library)]
    internal static partial int gt_softmax(Tensor input, long dim, int dtype, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_log_softmax(Tensor input, long dim, int dtype, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_cross_entropy(Tensor input, Tensor target, Tensor? weight, int reduction, long ignoreIndex,
        double labelSmoothing, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_nll_loss(Tensor input, Tensor target, Tensor? weight, int reduction, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_mse_loss(Tensor input, Tensor target, int reduction, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_l1_loss(Tensor input, Tensor target, int reduction, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_bce_with_logits(Tensor input, Tensor target, Tensor? weight, Tensor? posWeight, int reduction,
        out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_one_hot(Tensor input, long classes, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_pad(Tensor input, ReadOnlySpan<long> pad, int n, int mode, double value, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_interpolate(Tensor input, ReadOnlySpan<long> sizes, int n, ReadOnlySpan<double> scales, int m,
        int mode, int align, [MarshalAs(UnmanagedType.Bool)] bool recompute, [MarshalAs(UnmanagedType.Bool)] bool antialias,
        out Tensor result);
}
