using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Normalizes each channel of (N, C) or (N, C, L).</summary>
    public sealed class BatchNorm1d : BatchNorm
    {
        internal BatchNorm1d(NormOptions options)
            : base(nameof(BatchNorm1d), options)
        {
        }

        /// <inheritdoc/>
        protected override void ValidateInputDimensions(Tensor input)
        {
            if (input.ndim is not (2 or 3))
                throw new ArgumentException($"BatchNorm1d takes 2 or 3 axes, (N, C) or (N, C, L), but got {input.ndim}.", nameof(input));
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Normalizes each channel of (N, C) or (N, C, L).</summary>
            /// <inheritdoc cref="BatchNorm2d"/>
            public static BatchNorm1d BatchNorm1d(
                long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(new NormOptions(num_features, eps, momentum, affine, track_running_stats, device, dtype));
        }
    }
}
