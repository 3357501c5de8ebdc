using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The absolute value of each element.</summary>
        public Tensor abs() => NativeMethods.Result(NativeMethods.gt_abs(this, out Tensor result), result);

        /// <summary>Each element with its sign changed.</summary>
        public Tensor neg() => NativeMethods.Result(NativeMethods.gt_neg(this, out Tensor result), result);

        /// <summary>e to the power of each element.</summary>
        public Tensor exp() => NativeMethods.Result(NativeMethods.gt_exp(this, out Tensor result), result);

        /// <summary>e to the power of each element, less one; exact near zero.</summary>
        public Tensor expm1() => NativeMethods.Result(NativeMethods.gt_expm1(this, out Tensor result), result);

        /// <summary>The natural logarithm of each element.</summary>
        public Tensor log() => NativeMethods.Result(NativeMethods.gt_log(this, out Tensor result), result);

        /// <summary>The natural logarithm of one plus each element; exact near zero.</summary>
        public Tensor log1p() => NativeMethods.Result(NativeMethods.gt_log1p(this, out Tensor result), result);

        /// <summary>The logarithm to base 2 of each element.</summary>
        public Tensor log2() => NativeMethods.Result(NativeMethods.gt_log2(this, out Tensor result), result);

        /// <summary>The logarithm to base 10 of each element.</summary>
        public Tensor log10() => NativeMethods.Result(NativeMethods.gt_log10(this, out Tensor result), result);

        /// <summary>The square root of each element.</summary>
        public Tensor sqrt() => NativeMethods.Result(NativeMethods.gt_sqrt(this, out Tensor result), result);

        /// <summary>One over the square root of each element.</summary>
        public Tensor rsqrt() => NativeMethods.Result(NativeMethods.gt_rsqrt(this, out Tensor result), result);

        /// <summary>The square of each element.</summary>
        public Tensor square() => NativeMethods.Result(NativeMethods.gt_square(this, out Tensor result), result);

        /// <summary>One over each element.</summary>
        public Tensor reciprocal() => NativeMethods.Result(NativeMethods.gt_reciprocal(this, out Tensor result), result);

        /// <summary>1 / (1 + e^-x) of each element.</summary>
        public Tensor sigmoid() => NativeMethods.Result(NativeMethods.gt_sigmoid(this, out Tensor result), result);

        /// <summary>The hyperbolic tangent of each element.</summary>
        public Tensor tanh() => NativeMethods.Result(NativeMethods.gt_tanh(this, out Tensor result), result);

        /// <summary>Each element, or zero where it is negative.</summary>
        public Tensor relu() => NativeMethods.Result(NativeMethods.gt_relu(this, out Tensor result), result);

        /// <summary>x * sigmoid(x) of each element.</summary>
        public Tensor silu() => NativeMethods.Result(NativeMethods.gt_silu(this, out Tensor result), result);

        /// <summary>The sine of each element, in radians.</summary>
        public Tensor sin() => NativeMethods.Result(NativeMethods.gt_sin(this, out Tensor result), result);

        /// <summary>The cosine of each element, in radians.</summary>
        public Tensor cos() => NativeMethods.Result(NativeMethods.gt_cos(this, out Tensor result), result);

        /// <summary>The error function of each element.</summary>
        public Tensor erf() => NativeMethods.Result(NativeMethods.gt_erf(this, out Tensor result), result);

        /// <summary>Each element rounded down.</summary>
        public Tensor floor() => NativeMethods.Result(NativeMethods.gt_floor(this, out Tensor result), result);

        /// <summary>Each element rounded up.</summary>
        public Tensor ceil() => NativeMethods.Result(NativeMethods.gt_ceil(this, out Tensor result), result);

        /// <summary>Each element rounded toward zero.</summary>
        public Tensor trunc() => NativeMethods.Result(NativeMethods.gt_trunc(this, out Tensor result), result);

        /// <summary>-1, 0 or 1 by the sign of each element.</summary>
        public Tensor sign() => NativeMethods.Result(NativeMethods.gt_sign(this, out Tensor result), result);

        /// <summary>Whether each element is not a number.</summary>
        public Tensor isnan() => NativeMethods.Result(NativeMethods.gt_isnan(this, out Tensor result), result);

        /// <summary>Whether each element is infinite.</summary>
        public Tensor isinf() => NativeMethods.Result(NativeMethods.gt_isinf(this, out Tensor result), result);

        /// <summary>Whether each element is neither infinite nor NaN.</summary>
        public Tensor isfinite() => NativeMethods.Result(NativeMethods.gt_isfinite(this, out Tensor result), result);

        /// <summary>Whether each element is zero.</summary>
        public Tensor logical_not() => NativeMethods.Result(NativeMethods.gt_logical_not(this, out Tensor result), result);

        /// <summary>Each element with its bits inverted.</summary>
        public Tensor bitwise_not() => NativeMethods.Result(NativeMethods.gt_bitwise_not(this, out Tensor result), result);

        /// <summary>The positions of the elements that are not zero: one row each, one column per axis.</summary>
        public Tensor nonzero() => NativeMethods.Result(NativeMethods.gt_nonzero(this, out Tensor result), result);

        /// <summary>Another tensor over the same memory.</summary>
        public Tensor alias() => NativeMethods.Result(NativeMethods.gt_alias(this, out Tensor result), result);

        /// <summary>The same memory without its history: gradients do not flow through it.</summary>
        public Tensor detach() => NativeMethods.Result(NativeMethods.gt_detach(this, out Tensor result), result);

        /// <summary>A matrix with its axes exchanged; fewer axes stay.</summary>
        public Tensor t() => NativeMethods.Result(NativeMethods.gt_t(this, out Tensor result), result);

        /// <summary>The sum of the diagonal of a matrix.</summary>
        public Tensor trace() => NativeMethods.Result(NativeMethods.gt_trace(this, out Tensor result), result);

        /// <summary>Each element rounded to the nearest integer, halves to the even one.</summary>
        /// <exception cref="NotSupportedException"><paramref name="decimals"/> is not 0.</exception>
        public Tensor round(long decimals = 0L)
        {
            if (decimals != 0) throw new NotSupportedException("round to decimals is not there; multiply, round and divide.");
            return NativeMethods.Result(NativeMethods.gt_round(this, out Tensor result), result);
        }
    }
}
