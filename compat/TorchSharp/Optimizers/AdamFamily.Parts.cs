using static TorchSharp.torch;

namespace TorchSharp.Modules;

public abstract partial class AdamFamily
{
    /// <summary>What is kept for a parameter; the tensors are null before the first step.</summary>
    public abstract class State : OptimizerState, IDisposable
    {
        /// <summary>The number of steps so far.</summary>
        public long step;

        /// <summary>The average of the gradients.</summary>
        public Tensor? exp_avg;

        /// <summary>The average of the squared gradients.</summary>
        public Tensor? exp_avg_sq;

        /// <summary>The greatest average of the squared gradients; null without amsgrad.</summary>
        public Tensor? max_exp_avg_sq;

        /// <summary>Makes the state before the first step.</summary>
        private protected State(Parameter parameter)
            : base(parameter)
        {
        }

        /// <summary>Releases the averages.</summary>
        public void Dispose()
        {
            Release();
            GC.SuppressFinalize(this);
        }

        /// <inheritdoc/>
        public override void to(Device device)
        {
            Move(ref exp_avg, device);
            Move(ref exp_avg_sq, device);
            Move(ref max_exp_avg_sq, device);
        }

        /// <inheritdoc/>
        public override void SaveStateDict(BinaryWriter writer)
        {
            ArgumentNullException.ThrowIfNull(writer);
            writer.Write(step);
            Write(writer, exp_avg);
            Write(writer, exp_avg_sq);
            Write(writer, max_exp_avg_sq);
        }

        /// <inheritdoc/>
        public override void LoadStateDict(BinaryReader reader)
        {
            ArgumentNullException.ThrowIfNull(reader);
            step = reader.ReadInt64();
            Read(reader, ref exp_avg);
            Read(reader, ref exp_avg_sq);
            Read(reader, ref max_exp_avg_sq);
        }

        /// <inheritdoc/>
        public override void LoadStateDict(OptimizerState source)
        {
            var other = (State)source;
            step = other.step;
            Copy(other.exp_avg, ref exp_avg);
            Copy(other.exp_avg_sq, ref exp_avg_sq);
            Copy(other.max_exp_avg_sq, ref max_exp_avg_sq);
        }

        /// <inheritdoc/>
        public override void Initialize(OptimizerOptions options)
        {
            Release();
            step = 0;
            exp_avg = exp_avg_sq = max_exp_avg_sq = null;
        }

        private void Release()
        {
            exp_avg?.Dispose();
            exp_avg_sq?.Dispose();
            max_exp_avg_sq?.Dispose();
        }
    }

    /// <summary>The options of a group.</summary>
    public abstract class Options : OptimizerOptions
    {
        /// <summary>The decay rate of the gradients' average.</summary>
        public double? beta1;

        /// <summary>The decay rate of the squared gradients' average.</summary>
        public double? beta2;

        /// <summary>The weight decay.</summary>
        public double? weight_decay;

        /// <summary>Added to the denominator.</summary>
        public double? eps;

        /// <summary>Whether to divide by the greatest average so far.</summary>
        public bool? amsgrad;

        /// <summary>Whether to go up.</summary>
        public bool? maximize;

        internal (double, double) Betas
        {
            get => (beta1!.Value, beta2!.Value);
            set => (beta1, beta2) = value;
        }

        /// <inheritdoc/>
        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            foreach (double? value in (double?[])[beta1, beta2, eps, weight_decay]) writer.Write(value!.Value);
            writer.Write(amsgrad!.Value);
            writer.Write(maximize!.Value);
        }

        /// <inheritdoc/>
        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            beta1 = reader.ReadDouble();
            beta2 = reader.ReadDouble();
            eps = reader.ReadDouble();
            weight_decay = reader.ReadDouble();
            amsgrad = reader.ReadBoolean();
            maximize = reader.ReadBoolean();
        }

        /// <inheritdoc/>
        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var other = (Options)source;
            (beta1, beta2, eps, weight_decay) = (other.beta1, other.beta2, other.eps, other.weight_decay);
            (amsgrad, maximize) = (other.amsgrad, other.maximize);
        }
    }
}
