using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The product of the elements. Shapes expand to each other.</summary>
        public Tensor mul(Tensor target) => NativeMethods.Result(NativeMethods.gt_mul(this, target, out Tensor result), result);

        /// <summary>The product of the elements.</summary>
        public Tensor mul(Scalar target) => NativeMethods.Result(NativeMethods.gt_mul_scalar(this, target, out Tensor result), result);

        /// <summary>Each element to the power of the other. Shapes expand to each other.</summary>
        public Tensor pow(Tensor exponent) => NativeMethods.Result(NativeMethods.gt_pow(this, exponent, out Tensor result), result);

        /// <summary>Each element to the power of the other.</summary>
        public Tensor pow(Scalar exponent) => NativeMethods.Result(NativeMethods.gt_pow_scalar(this, exponent, out Tensor result), result);

        /// <summary>The remainder of a division, with the sign of the dividend. Shapes expand to each other.</summary>
        public Tensor fmod(Tensor target) => NativeMethods.Result(NativeMethods.gt_fmod(this, target, out Tensor result), result);

        /// <summary>The remainder of a division, with the sign of the dividend.</summary>
        public Tensor fmod(Scalar scalar) => NativeMethods.Result(NativeMethods.gt_fmod_scalar(this, scalar, out Tensor result), result);

        /// <summary>The remainder of a division, with the sign of the divisor. Shapes expand to each other.</summary>
        public Tensor remainder(Tensor target) => NativeMethods.Result(NativeMethods.gt_remainder(this, target, out Tensor result), result);

        /// <summary>The remainder of a division, with the sign of the divisor.</summary>
        public Tensor remainder(Scalar scalar) => NativeMethods.Result(NativeMethods.gt_remainder_scalar(this, scalar, out Tensor result), result);

        /// <summary>The quotient rounded down. Shapes expand to each other.</summary>
        public Tensor floor_divide(Tensor other) => NativeMethods.Result(NativeMethods.gt_floor_divide(this, other, out Tensor result), result);

        /// <summary>The quotient rounded down.</summary>
        public Tensor floor_divide(Scalar other) => NativeMethods.Result(NativeMethods.gt_floor_divide_scalar(this, other, out Tensor result), result);

        /// <summary>Whether the elements are equal. Shapes expand to each other.</summary>
        public Tensor eq(Tensor target) => NativeMethods.Result(NativeMethods.gt_eq(this, target, out Tensor result), result);

        /// <summary>Whether the elements are equal.</summary>
        public Tensor eq(Scalar target) => NativeMethods.Result(NativeMethods.gt_eq_scalar(this, target, out Tensor result), result);

        /// <summary>Whether the elements differ. Shapes expand to each other.</summary>
        public Tensor ne(Tensor target) => NativeMethods.Result(NativeMethods.gt_ne(this, target, out Tensor result), result);

        /// <summary>Whether the elements differ.</summary>
        public Tensor ne(Scalar target) => NativeMethods.Result(NativeMethods.gt_ne_scalar(this, target, out Tensor result), result);

        /// <summary>Whether the elements are less than the other. Shapes expand to each other.</summary>
        public Tensor lt(Tensor target) => NativeMethods.Result(NativeMethods.gt_lt(this, target, out Tensor result), result);

        /// <summary>Whether the elements are less than the other.</summary>
        public Tensor lt(Scalar target) => NativeMethods.Result(NativeMethods.gt_lt_scalar(this, target, out Tensor result), result);

        /// <summary>Whether the elements are less than or equal to the other. Shapes expand to each other.</summary>
        public Tensor le(Tensor target) => NativeMethods.Result(NativeMethods.gt_le(this, target, out Tensor result), result);

        /// <summary>Whether the elements are less than or equal to the other.</summary>
        public Tensor le(Scalar target) => NativeMethods.Result(NativeMethods.gt_le_scalar(this, target, out Tensor result), result);

        /// <summary>Whether the elements are greater than the other. Shapes expand to each other.</summary>
        public Tensor gt(Tensor target) => NativeMethods.Result(NativeMethods.gt_gt(this, target, out Tensor result), result);

        /// <summary>Whether the elements are greater than the other.</summary>
        public Tensor gt(Scalar target) => NativeMethods.Result(NativeMethods.gt_gt_scalar(this, target, out Tensor result), result);

        /// <summary>Whether the elements are greater than or equal to the other. Shapes expand to each other.</summary>
        public Tensor ge(Tensor target) => NativeMethods.Result(NativeMethods.gt_ge(this, target, out Tensor result), result);

        /// <summary>Whether the elements are greater than or equal to the other.</summary>
        public Tensor ge(Scalar target) => NativeMethods.Result(NativeMethods.gt_ge_scalar(this, target, out Tensor result), result);

        /// <summary>The greater of the elements.</summary>
        public Tensor maximum(Tensor other) => NativeMethods.Result(NativeMethods.gt_maximum(this, other, out Tensor result), result);

        /// <summary>The lesser of the elements.</summary>
        public Tensor minimum(Tensor other) => NativeMethods.Result(NativeMethods.gt_minimum(this, other, out Tensor result), result);

        /// <summary>Whether both elements are not zero.</summary>
        public Tensor logical_and(Tensor other) => NativeMethods.Result(NativeMethods.gt_logical_and(this, other, out Tensor result), result);

        /// <summary>Whether either element is not zero.</summary>
        public Tensor logical_or(Tensor other) => NativeMethods.Result(NativeMethods.gt_logical_or(this, other, out Tensor result), result);

        /// <summary>Whether exactly one of the elements is not zero.</summary>
        public Tensor logical_xor(Tensor other) => NativeMethods.Result(NativeMethods.gt_logical_xor(this, other, out Tensor result), result);

        /// <summary>The bits set in both elements.</summary>
        public Tensor bitwise_and(Tensor other) => NativeMethods.Result(NativeMethods.gt_bitwise_and(this, other, out Tensor result), result);

        /// <summary>The bits set in either element.</summary>
        public Tensor bitwise_or(Tensor other) => NativeMethods.Result(NativeMethods.gt_bitwise_or(this, other, out Tensor result), result);

        /// <summary>The bits set in exactly one element.</summary>
        public Tensor bitwise_xor(Tensor other) => NativeMethods.Result(NativeMethods.gt_bitwise_xor(this, other, out Tensor result), result);

        /// <summary>The product of two matrices, (n,k) and (k,m).</summary>
        public Tensor mm(Tensor target) => NativeMethods.Result(NativeMethods.gt_mm(this, target, out Tensor result), result);

        /// <summary>The products of two batches of matrices, (b,n,k) and (b,k,m).</summary>
        public Tensor bmm(Tensor batch2) => NativeMethods.Result(NativeMethods.gt_bmm(this, batch2, out Tensor result), result);

        /// <summary>The product of a matrix and a vector.</summary>
        public Tensor mv(Tensor target) => NativeMethods.Result(NativeMethods.gt_mv(this, target, out Tensor result), result);

        /// <summary>The inner product of two vectors.</summary>
        public Tensor dot(Tensor other) => NativeMethods.Result(NativeMethods.gt_dot(this, other, out Tensor result), result);

        /// <summary>The matrix product; leading axes are batches and expand to each other.</summary>
        public Tensor matmul(Tensor target) => NativeMethods.Result(NativeMethods.gt_matmul(this, target, out Tensor result), result);

        /// <summary>The outer product of two vectors.</summary>
        public Tensor outer(Tensor vec2) => NativeMethods.Result(NativeMethods.gt_outer(this, vec2, out Tensor result), result);

        /// <summary>The elements at positions of the flattened tensor.</summary>
        public Tensor take(Tensor index) => NativeMethods.Result(NativeMethods.gt_take(this, index, out Tensor result), result);

        /// <summary>The elements where a mask is true, as a vector.</summary>
        public Tensor masked_select(Tensor mask) => NativeMethods.Result(NativeMethods.gt_masked_select(this, mask, out Tensor result), result);

        /// <summary>The same memory in another tensor's shape.</summary>
        public Tensor view_as(Tensor other) => NativeMethods.Result(NativeMethods.gt_view_as(this, other, out Tensor result), result);

        /// <summary>The tensor expanded to another's shape, without copying.</summary>
        public Tensor expand_as(Tensor other) => NativeMethods.Result(NativeMethods.gt_expand_as(this, other, out Tensor result), result);
    }
}
