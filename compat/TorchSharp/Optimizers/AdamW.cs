using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Adam with decoupled weight decay: Loshchilov and Hutter 2017, https://arxiv.org/abs/1711.05101.</summary>
public partial class AdamW : OptimizerHelper, optim.IBetas
{
    private readonly Options _defaults;

    /// <summary>Makes the optimizer of one group.</summary>
    public AdamW(
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
    public AdamW(
        IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        double weight_decay = 0, bool amsgrad = false, bool maximize = false)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegative(lr);
        ArgumentOutOfRangeException.ThrowIfNegative(eps);
        ArgumentOutOfRangeException.ThrowIfNegative(weight_decay);
        RequireRate(beta1, nameof(beta1));
        RequireRate(beta2, nameof(beta2));
        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            beta1 = beta1,
            beta2 = beta2,
            eps = eps,
            weight_decay = weight_decay,
            amsgrad = amsgrad,
            maximize = maximize,
        };
        foreach (ParamGroup group in parameters) add_param_group(group);
    }

    /// <summary>The decay rates of new groups.</summary>
    public (double, double) Betas
    {
        get => (_defaults.beta1!.Value, _defaults.beta2!.Value);
        set => (_defaults.beta1, _defaults.beta2) = value;
    }

    /// <inheritdoc/>
    public override void add_param_group(Modules.ParamGroup param_group)
    {
        ArgumentNullException.ThrowIfNull(param_group);
        Options options = param_group.Options as Options ?? new Options();
        options.LearningRate ??= _defaults.LearningRate;
        options.InitialLearningRate = options.LearningRate!.Value;
        options.beta1 ??= _defaults.beta1;
        options.beta2 ??= _defaults.beta2;
        options.eps ??= _defaults.eps;
        options.weight_decay ??= _defaults.weight_decay;
        options.amsgrad ??= _defaults.amsgrad;
        options.maximize ??= _defaults.maximize;
        param_group.Options = options;
        base.add_param_group(param_group);
    }

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override void Step(Modules.ParamGroup group)
    {
        var options = (Options)group.Options;
        State[] states = Array.ConvertAll(group.List, parameter => (State)StateOf(parameter));
        nint[] averages = Array.ConvertAll(states, state => state.exp_avg?.Handle ?? 0);
        nint[] squares = Array.ConvertAll(states, state => state.exp_avg_sq?.Handle ?? 0);
        nint[] maxima = Array.ConvertAll(states, state => state.max_exp_avg_sq?.Handle ?? 0);
        long[] steps = Array.ConvertAll(states, state => state.step);
        var native = new AdamOptions(
            group.LearningRate, options.beta1!.Value, options.beta2!.Value, options.eps!.Value, options.weight_decay!.Value,
            options.amsgrad == true ? 1 : 0, options.maximize == true ? 1 : 0, Decoupled: 1);
        int status = NativeMethods.gt_adam_step(group.Handles(), averages, squares, maxima, steps, states.Length, native);
        for (int i = 0; i < states.Length; i++)
        {
            State state = states[i];
            state.step = steps[i];
            state.exp_avg = Own(state.exp_avg, averages[i]);
            state.exp_avg_sq = Own(state.exp_avg_sq, squares[i]);
            state.max_exp_avg_sq = Own(state.max_exp_avg_sq, maxima[i]);
        }

        NativeMethods.Check(status);
    }

    private static void RequireRate(double value, string name)
    {
        if (value is < 0 or >= 1) throw new ArgumentOutOfRangeException(name, value, "A decay rate lies from 0 to below 1.");
    }
}
