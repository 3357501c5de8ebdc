using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The product of the elements, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor mul_(Tensor target) => InPlace(NativeMethods.gt_mul_(this, target));

        /// <summary>The product of the elements, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor mul_(Scalar target) => InPlace(NativeMethods.gt_mul_scalar_(this, target));

        /// <summary>Each element to the power of the other, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor pow_(Tensor exponent) => InPlace(NativeMethods.gt_pow_(this, exponent));

        /// <summary>Each element to the power of the other, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor pow_(Scalar exponent) => InPlace(NativeMethods.gt_pow_scalar_(this, exponent));

        /// <summary>The remainder of a division, with the sign of the dividend, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor fmod_(Tensor target) => InPlace(NativeMethods.gt_fmod_(this, target));

        /// <summary>The remainder of a division, with the sign of the dividend, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor fmod_(Scalar scalar) => InPlace(NativeMethods.gt_fmod_scalar_(this, scalar));

        /// <summary>The remainder of a division, with the sign of the divisor, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor remainder_(Tensor target) => InPlace(NativeMethods.gt_remainder_(this, target));

        /// <summary>The remainder of a division, with the sign of the divisor, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor remainder_(Scalar scalar) => InPlace(NativeMethods.gt_remainder_scalar_(this, scalar));

        /// <summary>Whether both elements are not zero, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor logical_and_(Tensor other) => InPlace(NativeMethods.gt_logical_and_(this, other));

        /// <summary>Whether either element is not zero, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor logical_or_(Tensor other) => InPlace(NativeMethods.gt_logical_or_(this, other));

        /// <summary>The bits set in both elements, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor bitwise_and_(Tensor other) => InPlace(NativeMethods.gt_bitwise_and_(this, other));

        /// <summary>The bits set in either element, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor bitwise_or_(Tensor other) => InPlace(NativeMethods.gt_bitwise_or_(this, other));
    }
}
