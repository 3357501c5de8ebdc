using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Layers and losses as functions.</summary>
        public static partial class functional
        {
            /// <summary>A convolution (cross-correlation) along one axis.</summary>
            /// <param name="input">(N, C, L) or (C, L).</param>
            /// <param name="weight">(out, C / groups, k).</param>
            /// <param name="bias">(out), or none.</param>
            /// <param name="stride">Places per step; 1 when null.</param>
            /// <param name="padding">Zeros on each side; 0 when null.</param>
            /// <param name="dilation">Places between the kernel's elements; 1 when null.</param>
            /// <param name="groups">Into how many parts the channels fall.</param>
            public static Tensor conv1d(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? dilation = null,
                long groups = 1) =>
                NativeMethods.Result(
                    NativeMethods.gt_conv(input, weight, bias, 1, [stride ?? 1], [padding ?? 0], [dilation ?? 1], groups, out Tensor result),
                    result);

            /// <summary>A convolution (cross-correlation) along two axes.</summary>
            /// <param name="input">(N, C, H, W) or (C, H, W).</param>
            /// <param name="weight">(out, C / groups, kH, kW).</param>
            /// <param name="bias">(out), or none.</param>
            /// <param name="strides">Places per step, one or two numbers; 1 when null.</param>
            /// <param name="padding">Zeros on each side, one or two numbers; 0 when null.</param>
            /// <param name="dilation">Places between the kernel's elements, one or two numbers; 1 when null.</param>
            /// <param name="groups">Into how many parts the channels fall.</param>
            public static Tensor conv2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                long groups = 1) =>
                NativeMethods.Result(
                    NativeMethods.gt_conv(
                        input, weight, bias, 2, Two(strides, 1), Two(padding, 0), Two(dilation, 1), groups, out Tensor result),
                    result);

            /// <summary>A convolution along two axes with padding by rule.</summary>
            /// <inheritdoc cref="conv2d"/>
            public static Tensor conv2d_padding(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, Padding padding = Padding.Valid,
                long[]? dilation = null, long groups = 1) =>
                padding == Padding.Valid
                    ? conv2d(input, weight, bias, strides, null, dilation, groups)
                    : NativeMethods.Result(
                        NativeMethods.gt_conv_same(input, weight, bias, 2, Two(strides, 1), Two(dilation, 1), groups, out Tensor result),
                        result);

            /// <summary>The transpose of a convolution along two axes: it spreads where the convolution gathers.</summary>
            /// <param name="input">(N, C, H, W) or (C, H, W).</param>
            /// <param name="weight">(C, out / groups, kH, kW).</param>
            /// <param name="bias">(out), or none.</param>
            /// <param name="strides">Places per step, one or two numbers; 1 when null.</param>
            /// <param name="padding">Places cut from each side, one or two numbers; 0 when null.</param>
            /// <param name="output_padding">Places added to one side, one or two numbers; 0 when null.</param>
            /// <param name="dilation">Places between the kernel's elements, one or two numbers; 1 when null.</param>
            /// <param name="groups">Into how many parts the channels fall.</param>
            public static Tensor conv_transpose2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null,
                long[]? output_padding = null, long[]? dilation = null, long groups = 1) =>
                NativeMethods.Result(
                    NativeMethods.gt_conv_transpose(
                        input, weight, bias, 2, Two(strides, 1), Two(padding, 0), Two(output_padding, 0), Two(dilation, 1), groups,
                        out Tensor result),
                    result);

            /// <summary>input times the transpose of weights, plus bias.</summary>
            /// <param name="input">(..., in).</param>
            /// <param name="weights">(out, in).</param>
            /// <param name="bias">(out), or none.</param>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) =>
                NativeMethods.Result(NativeMethods.gt_linear(input, weights, bias, out Tensor result), result);

            // One number stands for both axes.
            private static long[] Two(long[]? values, long otherwise) => values switch
            {
                null => [otherwise, otherwise],
                [long both] => [both, both],
                _ => values,
            };
        }
    }
}
