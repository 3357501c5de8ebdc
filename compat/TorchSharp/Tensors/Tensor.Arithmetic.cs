using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The sum of the elements. Shapes expand to each other.</summary>
        public Tensor add(Tensor target) => NativeMethods.Result(NativeMethods.gt_add(this, target, One, out Tensor result), result);

        /// <summary>This tensor plus a multiple of another.</summary>
        public Tensor add(Tensor target, Scalar alpha) =>
            NativeMethods.Result(NativeMethods.gt_add(this, target, alpha, out Tensor result), result);

        /// <summary>Each element plus a number.</summary>
        public Tensor add(Scalar scalar) => NativeMethods.Result(NativeMethods.gt_add_scalar(this, scalar, One, out Tensor result), result);

        /// <summary>Each element plus a multiple of a number.</summary>
        public Tensor add(Scalar scalar, Scalar alpha) =>
            NativeMethods.Result(NativeMethods.gt_add_scalar(this, scalar, alpha, out Tensor result), result);

        /// <summary>Adds another tensor.</summary>
        /// <returns>This tensor.</returns>
        public Tensor add_(Tensor target) => InPlace(NativeMethods.gt_add_(this, target, One));

        /// <summary>Adds a multiple of another tensor.</summary>
        /// <returns>This tensor.</returns>
        public Tensor add_(Tensor target, Scalar alpha) => InPlace(NativeMethods.gt_add_(this, target, alpha));

        /// <summary>Adds a number to each element.</summary>
        /// <returns>This tensor.</returns>
        public Tensor add_(Scalar scalar) => InPlace(NativeMethods.gt_add_scalar_(this, scalar, One));

        /// <summary>Adds a multiple of a number to each element.</summary>
        /// <returns>This tensor.</returns>
        public Tensor add_(Scalar scalar, Scalar alpha) => InPlace(NativeMethods.gt_add_scalar_(this, scalar, alpha));

        /// <summary>The difference of the elements. Shapes expand to each other.</summary>
        public Tensor sub(Tensor target) => NativeMethods.Result(NativeMethods.gt_sub(this, target, out Tensor result), result);

        /// <summary>Each element less a number.</summary>
        public Tensor sub(Scalar target) => NativeMethods.Result(NativeMethods.gt_sub_scalar(this, target, out Tensor result), result);

        /// <summary>Subtracts another tensor.</summary>
        /// <returns>This tensor.</returns>
        public Tensor sub_(Tensor target) => InPlace(NativeMethods.gt_sub_(this, target));

        /// <summary>Subtracts a number from each element.</summary>
        /// <returns>This tensor.</returns>
        public Tensor sub_(Scalar target) => InPlace(NativeMethods.gt_sub_scalar_(this, target));

        /// <summary>The quotient of the elements. Shapes expand to each other.</summary>
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            NativeMethods.Result(NativeMethods.gt_div(this, target, (int)rounding_mode, out Tensor result), result);

        /// <summary>Each element divided by a number.</summary>
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            NativeMethods.Result(NativeMethods.gt_div_scalar(this, target, (int)rounding_mode, out Tensor result), result);

        /// <summary>Divides by another tensor.</summary>
        /// <returns>This tensor.</returns>
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            InPlace(NativeMethods.gt_div_(this, target, (int)rounding_mode));

        /// <summary>Divides each element by a number.</summary>
        /// <returns>This tensor.</returns>
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            InPlace(NativeMethods.gt_div_scalar_(this, target, (int)rounding_mode));

        /// <summary>This tensor plus value times the product of two others.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) =>
            NativeMethods.Result(NativeMethods.gt_addcmul(this, tensor1, tensor2, value, out Tensor result), result);

        /// <summary>Adds value times the product of two tensors.</summary>
        /// <returns>This tensor.</returns>
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            InPlace(NativeMethods.gt_addcmul_(this, tensor1, tensor2, value));

        /// <summary>This tensor plus value times the quotient of two others.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) =>
            NativeMethods.Result(NativeMethods.gt_addcdiv(this, tensor1, tensor2, value, out Tensor result), result);

        /// <summary>Adds value times the quotient of two tensors.</summary>
        /// <returns>This tensor.</returns>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            InPlace(NativeMethods.gt_addcdiv_(this, tensor1, tensor2, value));

        /// <summary>beta times this tensor plus alpha times the product of two matrices.</summary>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            NativeMethods.Result(NativeMethods.gt_addmm(this, mat1, mat2, beta, alpha, out Tensor result), result);

        /// <summary>The point between this tensor and another that weight says: 0 here, 1 there.</summary>
        public Tensor lerp(Tensor end, Tensor weight) =>
            NativeMethods.Result(NativeMethods.gt_lerp(this, end, weight, out Tensor result), result);

        /// <summary>Moves toward another tensor by a weight: 0 stays, 1 arrives.</summary>
        /// <returns>This tensor.</returns>
        public Tensor lerp_(Tensor end, Tensor weight) => InPlace(NativeMethods.gt_lerp_(this, end, weight));

        /// <summary>Each element, moved to the nearer bound where it lies outside; a bound may be null.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null) =>
            NativeMethods.Result(NativeMethods.gt_clamp(this, min, max, out Tensor result), result);

        /// <summary>Moves each element outside the bounds to the nearer one; a bound may be null.</summary>
        /// <returns>This tensor.</returns>
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => InPlace(NativeMethods.gt_clamp_(this, min, max));

        /// <summary>Each element, or min where it is less.</summary>
        public Tensor clamp_min(Scalar min) => NativeMethods.Result(NativeMethods.gt_clamp(this, min, null, out Tensor result), result);

        /// <summary>Each element, or max where it is greater.</summary>
        public Tensor clamp_max(Scalar max) => NativeMethods.Result(NativeMethods.gt_clamp(this, null, max, out Tensor result), result);

        /// <summary>Raises each element to at least min.</summary>
        /// <returns>This tensor.</returns>
        public Tensor clamp_min_(Scalar min) => InPlace(NativeMethods.gt_clamp_(this, min, null));

        /// <summary>Lowers each element to at most max.</summary>
        /// <returns>This tensor.</returns>
        public Tensor clamp_max_(Scalar max) => InPlace(NativeMethods.gt_clamp_(this, null, max));

        /// <summary>Sets every element to one value.</summary>
        /// <returns>This tensor.</returns>
        public Tensor fill_(Scalar value) => InPlace(NativeMethods.gt_fill_scalar_(this, value));

        /// <summary>This tensor where the condition is true, another elsewhere.</summary>
        public Tensor where(Tensor condition, Tensor y) =>
            NativeMethods.Result(NativeMethods.gt_where(condition, this, y, out Tensor result), result);

        /// <summary>A number where the mask is true, this tensor elsewhere.</summary>
        public Tensor masked_fill(Tensor mask, Scalar value) =>
            NativeMethods.Result(NativeMethods.gt_masked_fill(this, mask, value, out Tensor result), result);

        /// <summary>Sets the elements where the mask is true.</summary>
        /// <returns>This tensor.</returns>
        public Tensor masked_fill_(Tensor mask, Scalar value) => InPlace(NativeMethods.gt_masked_fill_(this, mask, value));

        /// <summary>Each element, multiplied by a slope where it is negative.</summary>
        public Tensor leaky_relu(Scalar negative_slope) =>
            NativeMethods.Result(NativeMethods.gt_leaky_relu(this, negative_slope, out Tensor result), result);

        /// <summary>e^x over the sum of e^x along an axis.</summary>
        public Tensor softmax(long dim, ScalarType? dtype = null) =>
            NativeMethods.Result(NativeMethods.gt_softmax(this, dim, Code(dtype), out Tensor result), result);

        /// <summary>The logarithm of the softmax along an axis, computed without overflow.</summary>
        public Tensor log_softmax(long dim, ScalarType? dtype = null) =>
            NativeMethods.Result(NativeMethods.gt_log_softmax(this, dim, Code(dtype), out Tensor result), result);

        private static readonly Scalar One = 1;

        private static int Code(ScalarType? type) => type is { } given ? (int)given : -1;
    }
}
