using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Native;

// Operations of one tensor. The contract of each function is in native/include/granary_torch.h.
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int gt_abs(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_neg(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_exp(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_expm1(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_log(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_log1p(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_log2(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_log10(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_sqrt(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_rsqrt(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_square(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_reciprocal(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_sigmoid(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_tanh(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_relu(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_sin(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_cos(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_erf(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_floor(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_ceil(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_round(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_trunc(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_sign(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_isnan(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_isinf(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_isfinite(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_logical_not(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_bitwise_not(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_sum(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_mean(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_max(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_min(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_median(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_all(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_any(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_prod(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_argmax(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_argmin(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_nonzero(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_alias(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_detach(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_t(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_squeeze(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_trace(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_abs_(Tensor self);

    [LibraryImport(Library)]
    internal static partial int gt_neg_(Tensor self);

    [LibraryImport(Library)]
    internal static partial int gt_exp_(Tensor self);

    [LibraryImport(Library)]
    internal static partial int gt_log_(Tensor self);

    [LibraryImport(Library)]
    internal static partial int gt_sqrt_(Tensor self);

    [LibraryImport(Library)]
    internal static partial int gt_rsqrt_(Tensor self);

    [LibraryImport(Library)]
    internal static partial int gt_square_(Tensor self);

    [LibraryImport(Library)]
    internal static partial int gt_reciprocal_(Tensor self);

    [LibraryImport(Library)]
    internal static partial int gt_sigmoid_(Tensor self);

    [LibraryImport(Library)]
    internal static partial int gt_tanh_(Tensor self);

    [LibraryImport(Library)]
    internal static partial int gt_relu_(Tensor self);

    [LibraryImport(Library)]
    internal static partial int gt_floor_(Tensor self);

    [LibraryImport(Library)]
    internal static partial int gt_ceil_(Tensor self);

    [LibraryImport(Library)]
    internal static partial int gt_round_(Tensor self);

    [LibraryImport(Library)]
    internal static partial int gt_trunc_(Tensor self);

    [LibraryImport(Library)]
    internal static partial int gt_sign_(Tensor self);

    [LibraryImport(Library)]
    internal static partial int gt_zero_(Tensor self);

    [LibraryImport(Library)]
    internal static partial int gt_detach_(Tensor self);

    [LibraryImport(Library)]
    internal static partial int gt_logical_not_(Tensor self);

    [LibraryImport(Library)]
    internal static partial int gt_squeeze_(Tensor self);
}
