using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Stochastic gradient descent: v = momentum * v + (1 - dampening) * (g + weight_decay * p); p = p - lr * v.</summary>
public partial class SGD : OptimizerHelper, optim.IMomentum
{
    private readonly Options _defaults;
    private nint[] _buffers = [];

    /// <summary>Makes the optimizer of one group.</summary>
    public SGD(
        IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
        bool nesterov = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    /// <summary>Makes the optimizer of several groups; what a group does not set is taken from here.</summary>
    /// <param name="parameters">The groups.</param>
    /// <param name="lr">The learning rate.</param>
    /// <param name="momentum">The share of the last step that goes on, from 0 to 1.</param>
    /// <param name="dampening">The share of the gradient that is left out when there is momentum.</param>
    /// <param name="weight_decay">The share of a parameter that is added to its gradient.</param>
    /// <param name="nesterov">Whether to look one step ahead.</param>
    /// <param name="maximize">Whether to go up.</param>
    public SGD(
        IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
        bool nesterov = false, bool maximize = false)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegative(lr);
        ArgumentOutOfRangeException.ThrowIfNegative(momentum);
        ArgumentOutOfRangeException.ThrowIfNegative(weight_decay);
        if (nesterov && (momentum == 0 || dampening != 0))
            throw new ArgumentException("Nesterov momentum needs a momentum and no dampening.", nameof(nesterov));
        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            momentum = momentum,
            dampening = dampening,
            weight_decay = weight_decay,
            nesterov = nesterov,
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
        options.momentum ??= _defaults.momentum;
        options.dampening ??= _defaults.dampening;
        options.weight_decay ??= _defaults.weight_decay;
        options.nesterov ??= _defaults.nesterov;
        options.maximize ??= _defaults.maximize;
        param_group.Options = options;
        base.add_param_group(param_group);
    }

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override void Step(Modules.ParamGroup group)
    {
        var options = (Options)group.Options;
        Parameter[] parameters = group.List;
        if (_buffers.Length < parameters.Length) _buffers = new nint[parameters.Length];
        for (int i = 0; i < parameters.Length; i++) _buffers[i] = ((State)StateOf(parameters[i])).momentum_buffer?.Handle ?? 0;
        var native = new SgdOptions(
            group.LearningRate, options.momentum ?? 0, options.dampening ?? 0, options.weight_decay ?? 0, options.nesterov == true ? 1 : 0,
            options.maximize == true ? 1 : 0);
        int status = NativeMethods.gt_sgd_step(group.Handles(), _buffers, parameters.Length, native);
        for (int i = 0; i < parameters.Length; i++)
        {
            var state = (State)StateOf(parameters[i]);
            state.momentum_buffer = Own(state.momentum_buffer, _buffers[i]);
        }

        NativeMethods.Check(status);
    }
}
