using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Normalizes each channel of (N, C, H, W).</summary>
    public sealed class BatchNorm2d : BatchNorm
    {
        internal BatchNorm2d(NormOptions options)
            : base(nameof(BatchNorm2d), options)
        {
        }

        /// <inheritdoc/>
        protected override void ValidateInputDimensions(Tensor input)
        {
            if (input.ndim != 4)
                throw new ArgumentException($"BatchNorm2d takes 4 axes, (N, C, H, W), but got {input.ndim}.", nameof(input));
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Normalizes each channel of (N, C, H, W).</summary>
            /// <param name="num_features">The number of channels.</param>
            /// <param name="eps">Added to the variance.</param>
            /// <param name="momentum">How far the running statistics move at each batch.</param>
            /// <param name="affine">Whether there are a scale and a shift.</param>
            /// <param name="track_running_stats">Whether there are running statistics.</param>
            /// <param name="device">The device of the parameters.</param>
            /// <param name="dtype">The type of the parameters.</param>
            public static BatchNorm2d BatchNorm2d(
                long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(new NormOptions(num_features, eps, momentum, affine, track_running_stats, device, dtype));
        }
    }
}
