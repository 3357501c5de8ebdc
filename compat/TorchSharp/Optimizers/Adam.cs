using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Adam: Kingma and Ba 2014, https://arxiv.org/abs/1412.6980; weight decay is added to the gradient.</summary>
public class Adam : AdamFamily
{
    /// <summary>Makes the optimizer of one group.</summary>
    public Adam(
        IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    /// <summary>Makes the optimizer of several groups; what a group does not set is taken from here.</summary>
    /// <param name="parameters">The groups.</param>
    /// <param name="lr">The learning rate.</param>
    /// <param name="beta1">The decay rate of the gradients' average, from 0 to 1.</param>
    /// <param name="beta2">The decay rate of the squared gradients' average, from 0 to 1.</param>
    /// <param name="eps">Added to the denominator.</param>
    /// <param name="weight_decay">The weight decay.</param>
    /// <param name="amsgrad">Whether to divide by the greatest average so far.</param>
    /// <param name="maximize">Whether to go up.</param>
    public Adam(
        IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : base(Of<Options>(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize), decoupled: false)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        foreach (ParamGroup group in parameters) add_param_group(group);
    }

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override AdamFamily.Options NewOptions() => new Options();

    /// <inheritdoc cref="AdamFamily.State"/>
    public new sealed class State : AdamFamily.State
    {
        /// <summary>Makes the state before the first step.</summary>
        public State(Parameter parameter)
            : base(parameter)
        {
        }
    }

    /// <inheritdoc cref="AdamFamily.Options"/>
    public new class Options : AdamFamily.Options
    {
    }

    /// <summary>A group of parameters.</summary>
    public class ParamGroup : ParamGroup<Options>, optim.IBetas
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
            IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base(parameters, Of<Options>(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize))
        {
        }

        /// <inheritdoc/>
        public (double, double) Betas
        {
            get => Options.Betas;
            set => Options.Betas = value;
        }
    }
}
