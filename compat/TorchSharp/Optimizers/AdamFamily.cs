using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What <see cref="Adam"/> and <see cref="AdamW"/> have in common: all but where the weight decay goes.</summary>
public abstract partial class AdamFamily : OptimizerHelper, optim.IBetas
{
    private readonly Options _defaults;
    private readonly bool _decoupled;

    // What a group does not set is taken from the defaults.
    private protected AdamFamily(Options defaults, bool decoupled)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(defaults.LearningRate!.Value, "lr");
        ArgumentOutOfRangeException.ThrowIfNegative(defaults.eps!.Value, nameof(defaults.eps));
        ArgumentOutOfRangeException.ThrowIfNegative(defaults.weight_decay!.Value, nameof(defaults.weight_decay));
        RequireRate(defaults.beta1!.Value, nameof(defaults.beta1));
        RequireRate(defaults.beta2!.Value, nameof(defaults.beta2));
        (_defaults, _decoupled) = (defaults, decoupled);
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
        Options options = param_group.Options as Options ?? NewOptions();
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

    private protected static T Of<T>(
        double lr, double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize)
        where T : Options, new() =>
        new()
        {
            LearningRate = lr,
            beta1 = beta1,
            beta2 = beta2,
            eps = eps,
            weight_decay = weight_decay,
            amsgrad = amsgrad,
            maximize = maximize,
        };

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
            options.amsgrad == true ? 1 : 0, options.maximize == true ? 1 : 0, Decoupled: _decoupled ? 1 : 0);
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

    private protected abstract Options NewOptions();

    private static void RequireRate(double value, string name)
    {
        if (value is < 0 or >= 1) throw new ArgumentOutOfRangeException(name, value, "A decay rate lies from 0 to below 1.");
    }
}
