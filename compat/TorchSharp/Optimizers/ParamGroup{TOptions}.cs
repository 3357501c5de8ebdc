namespace TorchSharp.Modules;

/// <summary>Parameters that share their options.</summary>
/// <typeparam name="TOptions">The type of the options.</typeparam>
public class ParamGroup<TOptions> : ParamGroup where TOptions : OptimizerOptions
{
    /// <summary>Makes an empty group.</summary>
    public ParamGroup()
    {
    }

    /// <summary>Makes a group.</summary>
    public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
    {
        Parameters = parameters;
        if (options is not null) base.Options = options;
    }

    /// <summary>The options.</summary>
    public new TOptions Options
    {
        get => (TOptions)base.Options;
        set => base.Options = value;
    }
}
