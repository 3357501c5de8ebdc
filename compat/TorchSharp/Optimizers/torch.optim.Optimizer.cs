using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Optimizers.</summary>
    public static partial class optim
    {
        /// <summary>Changes parameters by their gradients.</summary>
        public abstract partial class Optimizer : IDisposable
        {
            private protected Optimizer()
            {
            }

            /// <summary>The groups of parameters, each with its options.</summary>
            public abstract IEnumerable<ILearningRateController> ParamGroups { get; }

            /// <summary>Sets all gradients to zero. <see cref="nn.Module.zero_grad"/> takes them away instead, which is faster.</summary>
            public abstract void zero_grad();

            /// <summary>Changes the parameters once.</summary>
            /// <param name="closure">Computes the gradients anew and returns the loss; optional.</param>
            /// <returns>The loss that <paramref name="closure"/> returned, or null.</returns>
            public abstract Tensor? step(Func<Tensor>? closure = null);

            /// <summary>All parameters.</summary>
            public abstract IEnumerable<Parameter> parameters();

            /// <summary>Adds a group of parameters.</summary>
            public abstract void add_param_group(ParamGroup param_group);

            /// <summary>Releases the state.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Releases the state.</summary>
            protected virtual void Dispose(bool disposing)
            {
            }

            /// <summary>What a step keeps from one call to the next, as <see cref="OptimizerHelper.state_dict"/> gives it: live, not copied.</summary>
            public class StateDictionary
            {
                internal StateDictionary()
                {
                }

                /// <summary>The options of each group.</summary>
                public List<OptimizerOptions> Options { get; } = [];

                /// <summary>The state of each parameter, in the order of the groups.</summary>
                public List<OptimizerState> State { get; } = [];

                /// <summary>For each group, the places of its parameters' states.</summary>
                public List<List<int>> StateIndexRef { get; } = [];
            }
        }

        /// <summary>Something with a learning rate that a schedule sets.</summary>
        public interface ILearningRateController
        {
            /// <summary>The learning rate of the next step.</summary>
            double LearningRate { get; set; }

            /// <summary>The learning rate at the beginning.</summary>
            double InitialLearningRate { get; set; }
        }

        /// <summary>Something with a momentum.</summary>
        public interface IMomentum
        {
            /// <summary>The momentum, from 0 to 1.</summary>
            double Momentum { get; set; }
        }

        /// <summary>Something with betas, the decay rates of Adam's averages.</summary>
        public interface IBetas
        {
            /// <summary>The decay rates, from 0 to 1.</summary>
            (double, double) Betas { get; set; }
        }
    }
}
