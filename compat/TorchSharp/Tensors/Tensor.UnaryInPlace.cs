using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The absolute value of each element, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor abs_() => InPlace(NativeMethods.gt_abs_(this));

        /// <summary>Each element with its sign changed, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor neg_() => InPlace(NativeMethods.gt_neg_(this));

        /// <summary>e to the power of each element, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor exp_() => InPlace(NativeMethods.gt_exp_(this));

        /// <summary>The natural logarithm of each element, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor log_() => InPlace(NativeMethods.gt_log_(this));

        /// <summary>The square root of each element, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor sqrt_() => InPlace(NativeMethods.gt_sqrt_(this));

        /// <summary>One over the square root of each element, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor rsqrt_() => InPlace(NativeMethods.gt_rsqrt_(this));

        /// <summary>One over each element, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor reciprocal_() => InPlace(NativeMethods.gt_reciprocal_(this));

        /// <summary>1 / (1 + e^-x) of each element, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor sigmoid_() => InPlace(NativeMethods.gt_sigmoid_(this));

        /// <summary>The hyperbolic tangent of each element, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor tanh_() => InPlace(NativeMethods.gt_tanh_(this));

        /// <summary>Each element, or zero where it is negative, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor relu_() => InPlace(NativeMethods.gt_relu_(this));

        /// <summary>Each element rounded down, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor floor_() => InPlace(NativeMethods.gt_floor_(this));

        /// <summary>Each element rounded up, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor ceil_() => InPlace(NativeMethods.gt_ceil_(this));

        /// <summary>Each element rounded toward zero, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor trunc_() => InPlace(NativeMethods.gt_trunc_(this));

        /// <summary>-1, 0 or 1 by the sign of each element, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor sign_() => InPlace(NativeMethods.gt_sign_(this));

        /// <summary>Whether each element is zero, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor logical_not_() => InPlace(NativeMethods.gt_logical_not_(this));

        /// <summary>Sets every element to zero.</summary>
        /// <returns>This tensor.</returns>
        public Tensor zero_() => InPlace(NativeMethods.gt_zero_(this));

        /// <summary>Cuts the tensor from its history.</summary>
        /// <returns>This tensor.</returns>
        public Tensor detach_() => InPlace(NativeMethods.gt_detach_(this));

        private Tensor InPlace(int status)
        {
            NativeMethods.Check(status);
            return this;
        }
    }
}
