using static TorchSharp.torch;

namespace TorchSharp.Modules;

public partial class SGD
{
    /// <summary>What is kept for a parameter.</summary>
    public sealed class State : OptimizerState, IDisposable
    {
        /// <summary>The velocity, of the parameter's shape; null before the first step and without momentum.</summary>
        public Tensor? momentum_buffer;

        /// <summary>Makes the state before the first step.</summary>
        public State(Parameter parameter)
            : base(parameter)
        {
        }

        /// <summary>Releases the velocity.</summary>
        public void Dispose() => momentum_buffer?.Dispose();

        /// <inheritdoc/>
        public override void to(Device device) => Move(ref momentum_buffer, device);

        /// <inheritdoc/>
        public override void SaveStateDict(BinaryWriter writer) => Write(writer, momentum_buffer);

        /// <inheritdoc/>
        public override void LoadStateDict(BinaryReader reader) => Read(reader, ref momentum_buffer);

        /// <inheritdoc/>
        public override void LoadStateDict(OptimizerState source) => Copy(((State)source).momentum_buffer, ref momentum_buffer);

        /// <inheritdoc/>
        public override void Initialize(OptimizerOptions options)
        {
            momentum_buffer?.Dispose();
            momentum_buffer = null;
        }
    }

    /// <summary>The options of a group.</summary>
    public class Options : OptimizerOptions
    {
        /// <summary>The share of the last step that goes on.</summary>
        public double? momentum;

        /// <summary>The share of the gradient that is left out.</summary>
        public double? dampening;

        /// <summary>The share of a parameter that is added to its gradient.</summary>
        public double? weight_decay;

        /// <summary>Whether to look one step ahead.</summary>
        public bool? nesterov;

        /// <summary>Whether to go up.</summary>
        public bool? maximize;

        /// <inheritdoc/>
        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            writer.Write(momentum!.Value);
            writer.Write(dampening!.Value);
            writer.Write(weight_decay!.Value);
            writer.Write(nesterov!.Value);
            writer.Write(maximize!.Value);
        }

        /// <inheritdoc/>
        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            momentum = reader.ReadDouble();
            dampening = reader.ReadDouble();
            weight_decay = reader.ReadDouble();
            nesterov = reader.ReadBoolean();
            maximize = reader.ReadBoolean();
        }

        /// <inheritdoc/>
        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var other = (Options)source;
            (momentum, dampening, weight_decay) = (other.momentum, other.dampening, other.weight_decay);
            (nesterov, maximize) = (other.nesterov, other.maximize);
        }
    }

    /// <summary>A group of parameters.</summary>
    public class ParamGroup : ParamGroup<Options>, optim.IMomentum
    {
        /// <summary>Makes an empty group.</summary>
        public ParamGroup()
        {
        }

        /// <summary>Makes a group with options.</summary>
        public ParamGroup(IEnumerable<Parameter> parameters, Options options)
            : base(parameters, options)
        {
        }

        /// <summary>Makes a group with options given one by one.</summary>
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false)
            : base(
                parameters,
                new Options
                {
                    LearningRate = lr,
                    momentum = momentum,
                    dampening = dampening,
                    weight_decay = weight_decay,
                    nesterov = nesterov,
                    maximize = maximize,
                })
        {
        }

        /// <summary>The momentum.</summary>
        public double Momentum
        {
            get => Options.momentum!.Value;
            set => Options.momentum = value;
        }
    }
}
