using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>The cross-entropy of logits and classes.</summary>
            /// <param name="input">Logits, (N, C) or (N, C, ...).</param>
            /// <param name="target">Classes, (N) or (N, ...), Int64; or probabilities of the input's shape.</param>
            /// <param name="weight">A weight per class, (C), or none.</param>
            /// <param name="ignore_index">A class that does not count.</param>
            /// <param name="reduction">How the losses become one.</param>
            /// <param name="label_smoothing">The share of probability spread over all classes, from 0 to 1.</param>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean,
                double label_smoothing = 0.0) =>
                NativeMethods.Result(
                    NativeMethods.gt_cross_entropy(input, target, weight, (int)reduction, ignore_index, label_smoothing, out Tensor result),
                    result);

            /// <summary>The negative log-likelihood of log-probabilities and classes.</summary>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                NativeMethods.Result(NativeMethods.gt_nll_loss(input, target, weight, (int)reduction, out Tensor result), result);

            /// <summary>The squared difference.</summary>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                NativeMethods.Result(NativeMethods.gt_mse_loss(input, target, (int)reduction, out Tensor result), result);

            /// <summary>The absolute difference.</summary>
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                NativeMethods.Result(NativeMethods.gt_l1_loss(input, target, (int)reduction, out Tensor result), result);

            /// <summary>The cross-entropy of two classes, of logits and probabilities.</summary>
            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                NativeMethods.Result(
                    NativeMethods.gt_bce_with_logits(input, target, weight, pos_weights, (int)reduction, out Tensor result), result);
        }
    }
}
