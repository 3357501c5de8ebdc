using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>
    /// A fully connected layer: (..., in) to (..., out). Weights begin Kaiming-uniform with a = sqrt(5), the bias uniform within
    /// 1 / sqrt(in).
    /// </summary>
    public sealed class Linear : nn.Module<Tensor, Tensor>
    {
        [ComponentName(Name = "weight")]
        private Parameter _weight;

        [ComponentName(Name = "bias")]
        private Parameter? _bias;

        internal Linear(Parameter weight, Parameter? bias)
            : base(nameof(Linear))
        {
            _weight = (Parameter)weight.DetachFromDisposeScope();
            _bias = (Parameter?)bias?.DetachFromDisposeScope();
            (out_features, in_features) = (weight.size(0), weight.size(1));
            RegisterComponents();
        }

        /// <summary>The weights, (out, in).</summary>
        public Parameter weight
        {
            get => _weight;
            set => Replace("weight", _weight = (Parameter)value.DetachFromDisposeScope());
        }

        /// <summary>The bias, (out), or null.</summary>
        public Parameter? bias
        {
            get => _bias;
            set => Replace("bias", _bias = (Parameter?)value?.DetachFromDisposeScope());
        }

        /// <summary>The length of the input's last axis.</summary>
        public long in_features { get; set; }

        /// <summary>The length of the result's last axis.</summary>
        public long out_features { get; set; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor tensor) => nn.functional.linear(tensor, _weight, _bias);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A fully connected layer.</summary>
            /// <param name="inputSize">The length of the input's last axis.</param>
            /// <param name="outputSize">The length of the result's last axis.</param>
            /// <param name="hasBias">Whether there is a bias.</param>
            /// <param name="device">The device of the parameters.</param>
            /// <param name="dtype">The type of the parameters.</param>
            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null)
            {
                Parameter weight = Parameter(empty([outputSize, inputSize], dtype, device));
                init.kaiming_uniform_(weight, Math.Sqrt(5));
                if (!hasBias) return new Linear(weight, null);
                Parameter bias = Parameter(empty([outputSize], dtype, device));
                double bound = inputSize > 0 ? 1 / Math.Sqrt(inputSize) : 0;
                init.uniform_(bias, -bound, bound);
                return new Linear(weight, bias);
            }

            /// <summary>A fully connected layer of given parameters.</summary>
            public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);
        }
    }
}
