namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>How weights begin; each method fills the tensor, without recording, and returns it.</summary>
        public static partial class init
        {
            /// <summary>Sets all elements to one value.</summary>
            public static Tensor constant_(Tensor tensor, Scalar val) => Fill(tensor, () => tensor.fill_(val));

            /// <summary>Sets all elements to 1.</summary>
            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);

            /// <summary>Sets all elements to 0.</summary>
            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0);

            /// <summary>Uniform from low to before high.</summary>
            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null) =>
                Fill(tensor, () => tensor.uniform_(low, high, generator));

            /// <summary>Normal.</summary>
            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null) =>
                Fill(tensor, () => tensor.normal_(mean, std, generator));

            /// <summary>Uniform within gain * sqrt(3) * sqrt(1 / fan): He et al. 2015, https://arxiv.org/abs/1502.01852.</summary>
            /// <param name="tensor">At least two axes: out, in, kernel.</param>
            /// <param name="a">The slope below zero of the leaky ReLU that follows.</param>
            /// <param name="mode">Which fan.</param>
            /// <param name="nonlinearity">What follows.</param>
            public static Tensor kaiming_uniform_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                double bound = Math.Sqrt(3.0) * KaimingStd(tensor, a, mode, nonlinearity);
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Normal with standard deviation gain * sqrt(1 / fan): He et al. 2015, https://arxiv.org/abs/1502.01852.</summary>
            /// <inheritdoc cref="kaiming_uniform_"/>
            public static Tensor kaiming_normal_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, 0, KaimingStd(tensor, a, mode, nonlinearity));

            /// <summary>Uniform within gain * sqrt(6 / (fan-in + fan-out)): Glorot and Bengio 2010.</summary>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0)
            {
                double bound = Math.Sqrt(3.0) * XavierStd(tensor, gain);
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Normal with standard deviation gain * sqrt(2 / (fan-in + fan-out)): Glorot and Bengio 2010.</summary>
            public static Tensor xavier_normal_(Tensor tensor, double gain = 1.0) => normal_(tensor, 0, XavierStd(tensor, gain));

            /// <summary>The factor by which a nonlinearity shrinks the standard deviation, inverted.</summary>
            /// <param name="nonlinearity">The nonlinearity.</param>
            /// <param name="param">The slope of a leaky ReLU.</param>
            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0.0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3.0,
                NonlinearityType.ReLU => Math.Sqrt(2.0),
                NonlinearityType.LeakyReLU => Math.Sqrt(2.0 / (1 + (param * param))),
                _ => 1.0,
            };

            /// <summary>How many inputs reach an output, and how many outputs an input reaches.</summary>
            /// <exception cref="ArgumentException">The tensor has fewer than two axes.</exception>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                long[] shape = tensor.shape;
                if (shape.Length < 2)
                    throw new ArgumentException($"Fan in and fan out need at least 2 axes, but the tensor has {shape.Length}.", nameof(tensor));
                long kernel = shape[2..].TotalSize();
                return (shape[1] * kernel, shape[0] * kernel);
            }

            private static double KaimingStd(Tensor tensor, double a, FanInOut mode, NonlinearityType nonlinearity)
            {
                (long fanIn, long fanOut) = CalculateFanInAndFanOut(tensor);
                return calculate_gain(nonlinearity, a) / Math.Sqrt(mode == FanInOut.FanIn ? fanIn : fanOut);
            }

            private static double XavierStd(Tensor tensor, double gain)
            {
                (long fanIn, long fanOut) = CalculateFanInAndFanOut(tensor);
                return gain * Math.Sqrt(2.0 / (fanIn + fanOut));
            }

            private static Tensor Fill(Tensor tensor, Func<Tensor> fill)
            {
                using IDisposable guard = no_grad();
                return fill();
            }
        }
    }
}
