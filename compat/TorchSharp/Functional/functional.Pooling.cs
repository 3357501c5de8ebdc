using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>The greatest element of each window.</summary>
            /// <param name="input">(N, C, H, W) or (C, H, W).</param>
            /// <param name="kernel_size">The window, one or two numbers.</param>
            /// <param name="strides">Places per step; the window when null.</param>
            /// <param name="padding">Places on each side that never win; 0 when null.</param>
            /// <param name="dilation">Places between the window's elements; 1 when null.</param>
            /// <param name="ceil_mode">Whether a window that reaches beyond the border counts.</param>
            public static Tensor max_pool2d(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                bool ceil_mode = false) =>
                NativeMethods.Result(
                    NativeMethods.gt_max_pool2d(
                        input, Two(kernel_size, 1), Two(strides ?? kernel_size, 1), Two(padding, 0), Two(dilation, 1), ceil_mode,
                        out Tensor result),
                    result);

            /// <inheritdoc cref="max_pool2d(Tensor, long[], long[], long[], long[], bool)"/>
            public static Tensor max_pool2d(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                max_pool2d(input, [kernel_size], [stride ?? kernel_size], [padding ?? 0], [dilation ?? 1], ceil_mode);

            /// <summary>The greatest element of each window and its place in the plane.</summary>
            /// <inheritdoc cref="max_pool2d(Tensor, long[], long[], long[], long[], bool)"/>
            public static (Tensor output, Tensor indices) max_pool2d_with_indices(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                bool ceil_mode = false)
            {
                NativeMethods.Check(NativeMethods.gt_max_pool2d_with_indices(
                    input, Two(kernel_size, 1), Two(strides ?? kernel_size, 1), Two(padding, 0), Two(dilation, 1), ceil_mode,
                    out Tensor output, out Tensor indices));
                return (output, indices);
            }

            /// <summary>The mean of each window.</summary>
            /// <param name="input">(N, C, H, W) or (C, H, W).</param>
            /// <param name="kernel_size">The window, one or two numbers.</param>
            /// <param name="stride">Places per step; the window when null.</param>
            /// <param name="padding">Zeros on each side; 0 when null.</param>
            /// <param name="ceil_mode">Whether a window that reaches beyond the border counts.</param>
            /// <param name="count_include_pad">Whether the zeros of the padding count in the mean.</param>
            /// <param name="divisor_override">What to divide by instead of the window's size.</param>
            public static Tensor avg_pool2d(
                Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null) =>
                NativeMethods.Result(
                    NativeMethods.gt_avg_pool2d(
                        input, Two(kernel_size, 1), Two(stride ?? kernel_size, 1), Two(padding, 0), ceil_mode, count_include_pad,
                        divisor_override ?? 0, out Tensor result),
                    result);

            /// <inheritdoc cref="avg_pool2d(Tensor, long[], long[], long[], bool, bool, long?)"/>
            public static Tensor avg_pool2d(
                Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null) =>
                avg_pool2d(input, [kernel_size], [stride ?? kernel_size], [padding], ceil_mode, count_include_pad, divisor_override);

            /// <summary>The means of as many windows as the result has places.</summary>
            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) =>
                NativeMethods.Result(NativeMethods.gt_adaptive_avg_pool2d(input, Two(output_size, 1), out Tensor result), result);

            /// <inheritdoc cref="adaptive_avg_pool2d(Tensor, long[])"/>
            public static Tensor adaptive_avg_pool2d(Tensor input, (long, long) output_size) =>
                adaptive_avg_pool2d(input, [output_size.Item1, output_size.Item2]);

            /// <inheritdoc cref="adaptive_avg_pool2d(Tensor, long[])"/>
            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) => adaptive_avg_pool2d(input, [output_size]);

            /// <summary>The greatest elements of as many windows as the result has places.</summary>
            public static Tensor adaptive_max_pool2d(Tensor input, long[] output_size)
            {
                (Tensor values, Tensor indices) = adaptive_max_pool2d_with_indices(input, output_size);
                indices.Dispose();
                return values;
            }

            /// <summary>The greatest elements of as many windows as the result has places, and their places in the plane.</summary>
            public static (Tensor Values, Tensor Indices) adaptive_max_pool2d_with_indices(Tensor input, long[] output_size)
            {
                NativeMethods.Check(NativeMethods.gt_adaptive_max_pool2d(
                    input, Two(output_size, 1), out Tensor values, out Tensor indices));
                return (values, indices);
            }
        }
    }
}
