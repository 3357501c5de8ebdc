using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Each element, or zero where it is negative.</summary>
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_().alias() : x.relu();

            /// <summary>1 / (1 + e^-x) of each element.</summary>
            public static Tensor sigmoid(Tensor x) => x.sigmoid();

            /// <summary>The hyperbolic tangent of each element.</summary>
            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? x.tanh_().alias() : x.tanh();

            /// <summary>Each element, multiplied by a slope where it is negative.</summary>
            /// <exception cref="NotSupportedException"><paramref name="inplace"/> is set.</exception>
            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false)
            {
                if (inplace) throw new NotSupportedException("leaky_relu in place is not there; leave inplace false.");
                return input.leaky_relu(negative_slope);
            }

            /// <summary>x * sigmoid(x) of each element.</summary>
            /// <exception cref="NotSupportedException"><paramref name="inplace"/> is set.</exception>
            public static Tensor silu(Tensor x, bool inplace = false)
            {
                if (inplace) throw new NotSupportedException("silu in place is not there; leave inplace false.");
                return x.silu();
            }

            /// <summary>e^x over the sum of e^x along an axis.</summary>
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            /// <summary>The logarithm of the softmax along an axis.</summary>
            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            /// <summary>In training, zeros with probability p and the rest divided by 1 - p; else the input.</summary>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
            {
                if (!inplace) return NativeMethods.Result(NativeMethods.gt_dropout(input, p, training, out Tensor result), result);
                NativeMethods.Check(NativeMethods.gt_dropout_(input, p, training));
                return input.alias();
            }

            /// <summary>Each channel less its mean, over its standard deviation, scaled and shifted.</summary>
            /// <param name="input">(N, C) or (N, C, ...).</param>
            /// <param name="running_mean">(C): used in evaluation, moved toward the batch's mean in training.</param>
            /// <param name="running_var">(C): used in evaluation, moved toward the batch's unbiased variance in training.</param>
            /// <param name="weight">(C): the scale; 1 when null.</param>
            /// <param name="bias">(C): the shift; 0 when null.</param>
            /// <param name="training">Whether the statistics are the batch's.</param>
            /// <param name="momentum">How far the running statistics move, from 0 to 1.</param>
            /// <param name="eps">Added to the variance.</param>
            public static Tensor batch_norm(
                Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false,
                double momentum = 0.1, double eps = 1e-5) =>
                NativeMethods.Result(
                    NativeMethods.gt_batch_norm(
                        input, running_mean, running_var, weight, bias, null, training, momentum, eps, out Tensor result),
                    result);

            /// <summary>A one in the place each number names: (...) becomes (..., classes).</summary>
            /// <param name="x">Numbers from 0 to classes - 1, Int64.</param>
            /// <param name="num_classes">The number of classes; one more than the greatest number when -1.</param>
            public static Tensor one_hot(Tensor x, long num_classes = -1) =>
                NativeMethods.Result(NativeMethods.gt_one_hot(x, num_classes, out Tensor result), result);

            /// <summary>Adds places beyond the borders.</summary>
            /// <param name="input">Any tensor.</param>
            /// <param name="pad">Places before and after, beginning with the last axis.</param>
            /// <param name="mode">What lies there.</param>
            /// <param name="value">The value for <see cref="PaddingModes.Constant"/>.</param>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                NativeMethods.Result(NativeMethods.gt_pad(input, pad, pad.Length, (int)mode, value, out Tensor result), result);

            /// <inheritdoc cref="pad(Tensor, long[], PaddingModes, double)"/>
            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2], mode, value);

            /// <inheritdoc cref="pad(Tensor, long[], PaddingModes, double)"/>
            public static Tensor pad(
                Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            /// <summary>Resizes the axes after the second.</summary>
            /// <param name="x">(N, C, L), (N, C, H, W) or (N, C, D, H, W).</param>
            /// <param name="size">The lengths wanted, or null.</param>
            /// <param name="scale_factor">The factors, or null; one of the two must be given.</param>
            /// <param name="mode">How.</param>
            /// <param name="align_corners">For linear and cubic modes: whether the corner elements keep their places.</param>
            /// <param name="recompute_scale_factor">Whether the factor is taken from the rounded lengths.</param>
            /// <param name="antialias">Whether to smooth when shrinking, for the bilinear and the bicubic mode.</param>
            public static Tensor interpolate(
                Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest,
                bool? align_corners = null, bool recompute_scale_factor = false, bool antialias = false) =>
                NativeMethods.Result(
                    NativeMethods.gt_interpolate(
                        x, size, size?.Length ?? 0, scale_factor, scale_factor?.Length ?? 0, (int)mode,
                        align_corners switch { null => 0, true => 1, false => 2 }, recompute_scale_factor, antialias, out Tensor result),
                    result);
        }
    }
}
