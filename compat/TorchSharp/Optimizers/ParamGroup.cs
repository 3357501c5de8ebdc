using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Parameters that share their options.</summary>
public class ParamGroup : optim.ILearningRateController
{
    private Parameter[] _parameters = [];
    private nint[] _handles = [];

    /// <summary>The parameters.</summary>
    public IEnumerable<Parameter> Parameters
    {
        get => _parameters;
        set => _parameters = [.. value];
    }

    /// <summary>The options.</summary>
    public OptimizerOptions Options { get; set; } = null!;

    /// <inheritdoc/>
    public double LearningRate
    {
        get => Options.LearningRate!.Value;
        set => Options.LearningRate = value;
    }

    /// <inheritdoc/>
    public double InitialLearningRate
    {
        get => Options.InitialLearningRate;
        set => Options.InitialLearningRate = value;
    }

    internal Parameter[] List => _parameters;

    // The list is kept between steps, its content is not: a module that moved to a device has new handles.
    internal nint[] Handles()
    {
        if (_handles.Length != _parameters.Length) _handles = new nint[_parameters.Length];
        for (int i = 0; i < _handles.Length; i++) _handles[i] = _parameters[i].Handle;
        return _handles;
    }
}
