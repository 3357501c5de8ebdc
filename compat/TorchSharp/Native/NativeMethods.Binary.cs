using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Native;

// Operations of two tensors, or of a tensor and a number, and what takes more. The contract of each function is in native/include/granary_torch.h.
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int gt_mul(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_pow(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_fmod(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_remainder(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_floor_divide(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_maximum(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_minimum(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_eq(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_ne(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_lt(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_le(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_gt(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_ge(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_logical_and(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_logical_or(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_logical_xor(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_bitwise_and(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_bitwise_or(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_bitwise_xor(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_matmul(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_mm(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_bmm(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_mv(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_dot(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_outer(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_masked_select(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_take(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_view_as(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_expand_as(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_mul_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int gt_pow_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int gt_fmod_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int gt_remainder_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int gt_logical_and_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int gt_logical_or_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int gt_bitwise_and_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int gt_bitwise_or_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int gt_mul_scalar(Tensor self, Scalar other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_pow_scalar(Tensor self, Scalar other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_fmod_scalar(Tensor self, Scalar other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_remainder_scalar(Tensor self, Scalar other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_floor_divide_scalar(Tensor self, Scalar other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_eq_scalar(Tensor self, Scalar other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_ne_scalar(Tensor self, Scalar other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_lt_scalar(Tensor self, Scalar other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_le_scalar(Tensor self, Scalar other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_gt_scalar(Tensor self, Scalar other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_ge_scalar(Tensor self, Scalar other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_mul_scalar_(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial int gt_pow_scalar_(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial int gt_fmod_scalar_(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial int gt_remainder_scalar_(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial int gt_fill_scalar_(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial int gt_add(Tensor self, Tensor other, Scalar alpha, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_add_(Tensor self, Tensor other, Scalar alpha);

    [LibraryImport(Library)]
    internal static partial int gt_add_scalar(Tensor self, Scalar other, Scalar alpha, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_add_scalar_(Tensor self, Scalar other, Scalar alpha);

    [LibraryImport(Library)]
    internal static partial int gt_sub(Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_sub_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int gt_sub_scalar(Tensor self, Scalar other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_sub_scalar_(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial int gt_rsub_scalar(Tensor self, Scalar other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_div(Tensor self, Tensor other, int rounding, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_div_(Tensor self, Tensor other, int rounding);

    [LibraryImport(Library)]
    internal static partial int gt_div_scalar(Tensor self, Scalar other, int rounding, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_div_scalar_(Tensor self, Scalar other, int rounding);

    [LibraryImport(Library)]
    internal static partial int gt_addcmul(Tensor self, Tensor a, Tensor b, Scalar value, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_addcmul_(Tensor self, Tensor a, Tensor b, Scalar value);

    [LibraryImport(Library)]
    internal static partial int gt_addcdiv(Tensor self, Tensor a, Tensor b, Scalar value, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_addcdiv_(Tensor self, Tensor a, Tensor b, Scalar value);

    [LibraryImport(Library)]
    internal static partial int gt_addmm(Tensor self, Tensor a, Tensor b, double beta, double alpha, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_lerp(Tensor self, Tensor end, Tensor weight, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_lerp_(Tensor self, Tensor end, Tensor weight);

    [LibraryImport(Library)]
    internal static partial int gt_clamp(Tensor self, Scalar? min, Scalar? max, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_clamp_(Tensor self, Scalar? min, Scalar? max);

    [LibraryImport(Library)]
    internal static partial int gt_where(Tensor condition, Tensor self, Tensor other, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_masked_fill(Tensor self, Tensor mask, Scalar value, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_masked_fill_(Tensor self, Tensor mask, Scalar value);

    [LibraryImport(Library)]
    internal static partial int gt_silu(Tensor self, out Tensor result);

    [LibraryImport(Library)]
    internal static partial int gt_leaky_relu(Tensor self, Scalar slope, out Tensor result);
}
