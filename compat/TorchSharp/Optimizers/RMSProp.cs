using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// RMSprop: Hinton's lecture 6e, https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf; centered as in Graves 2013,
/// https://arxiv.org/abs/1308.0850; weight decay is added to the gradient.
/// </summary>
public partial class RMSProp : OptimizerHelper, optim.IMomentum
{
    private readonly Options _defaults;

    /// <summary>Makes the optimizer of one group.</summary>
    public RMSProp(
        IEnumerable<Parameter> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0,
        double momentum = 0.0, bool centered = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, alpha, eps, weight_decay, momentum, centered, maximize)
    {
    }

    /// <summary>Makes the optimizer of several groups; what a group does not set is taken from here.</summary>
    /// <param name="parameters">The groups.</param>
    /// <param name="lr">The learning rate.</param>
    /// <param name="alpha">The decay rate of the averages.</param>
    /// <param name="eps">Added to the denominator.</param>
    /// <param name="weight_decay">The weight decay.</param>
    /// <param name="momentum">The share of the last step that goes on.</param>
    /// <param name="centered">Whether to divide by the gradients' deviation from their average instead of by their size.</param>
    /// <param name="maximize">Whether to go up.</param>
    public RMSProp(
        IEnumerable<ParamGroup> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0,
        double momentum = 0.0, bool centered = false, bool maximize = false)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        foreach (double value in (double[])[lr, alpha, eps, weight_decay, momentum])
        {
            if (value < 0) throw new ArgumentException($"RMSprop's numbers are not negative, and one is {value}.");
        }

        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            alpha = alpha,
            eps = eps,
            weight_decay = weight_decay,
            momentum = momentum,
            centered = centered,
            maximize = maximize,
        };
        foreach (ParamGroup group in parameters) add_param_group(group);
    }

    /// <summary>The momentum of new groups.</summary>
    public double Momentum
    {
        get => _defaults.momentum!.Value;
        set => _defaults.momentum = value;
    }

    /// <inheritdoc/>
    public override void add_param_group(Modules.ParamGroup param_group)
    {
        ArgumentNullException.ThrowIfNull(param_group);
        Options options = param_group.Options as Options ?? new Options();
        options.LearningRate ??= _defaults.LearningRate;
        options.InitialLearningRate = options.LearningRate!.Value;
        options.alpha ??= _defaults.alpha;
        options.eps ??= _defaults.eps;
        options.weight_decay ??= _defaults.weight_decay;
        options.momentum ??= _defaults.momentum;
        options.centered ??= _defaults.centered;
        options.maximize ??= _defaults.maximize;
        param_group.Options = options;
        base.add_param_group(param_group);
    }

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override void Step(Modules.ParamGroup group)
    {
        var options = (Options)group.Options;
        State[] states = Array.ConvertAll(group.List, parameter => (State)StateOf(parameter));
        nint[] squares = Array.ConvertAll(states, state => state.square_avg?.Handle ?? 0);
        nint[] averages = Array.ConvertAll(states, state => state.grad_avg?.Handle ?? 0);
        nint[] buffers = Array.ConvertAll(states, state => state.momentum_buffer?.Handle ?? 0);
        long[] steps = Array.ConvertAll(states, state => state.step);
        var native = new RmsPropOptions(
            group.LearningRate, options.alpha!.Value, options.eps!.Value, options.weight_decay!.Value, options.momentum!.Value,
            options.centered == true ? 1 : 0, options.maximize == true ? 1 : 0);
        int status = NativeMethods.gt_rmsprop_step(group.Handles(), squares, averages, buffers, steps, states.Length, native);
        for (int i = 0; i < states.Length; i++)
        {
            State state = states[i];
            state.step = steps[i];
            state.square_avg = Own(state.square_avg, squares[i]);
            state.grad_avg = Own(state.grad_avg, averages[i]);
            state.momentum_buffer = Own(state.momentum_buffer, buffers[i]);
        }

        NativeMethods.Check(status);
    }
}
