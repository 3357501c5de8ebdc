using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What optimizers have in common: groups, state per parameter, and saving both.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    private readonly List<ParamGroup> _groups = [];
    private readonly Dictionary<Parameter, OptimizerState> _states = new(ReferenceEqualityComparer.Instance);

    private protected OptimizerHelper()
    {
    }

    /// <inheritdoc/>
    public override IEnumerable<optim.ILearningRateController> ParamGroups => _groups;

    /// <inheritdoc/>
    public override IEnumerable<Parameter> parameters() => _groups.SelectMany(group => group.Parameters);

    /// <inheritdoc/>
    public override void add_param_group(ParamGroup param_group)
    {
        ArgumentNullException.ThrowIfNull(param_group);
        foreach (Parameter parameter in param_group.Parameters)
        {
            if (!_states.TryAdd(parameter, NewState(parameter)))
                throw new ArgumentException("A parameter can be in one group only.", nameof(param_group));
        }

        _groups.Add(param_group);
    }

    /// <inheritdoc/>
    public override void zero_grad()
    {
        foreach (ParamGroup group in _groups) GradientList.Zero(group.List, setToNone: false);
    }

    /// <inheritdoc/>
    public override Tensor? step(Func<Tensor>? closure = null)
    {
        Tensor? loss = null;
        if (closure is not null)
        {
            using IDisposable guard = enable_grad();
            loss = closure();
        }

        foreach (ParamGroup group in _groups) Step(group);
        return loss;
    }

    /// <summary>Options and states, live.</summary>
    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (ParamGroup group in _groups)
        {
            dictionary.Options.Add(group.Options);
            dictionary.StateIndexRef.Add([.. Enumerable.Range(dictionary.State.Count, group.List.Length)]);
            dictionary.State.AddRange(group.List.Select(parameter => _states[parameter]));
        }

        return dictionary;
    }

    /// <summary>Takes over options and copies of states.</summary>
    /// <exception cref="ArgumentException">The numbers of groups or of parameters differ.</exception>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        ArgumentNullException.ThrowIfNull(state_dict);
        StateDictionary own = this.state_dict();
        RequireSame("parameter groups", own.Options.Count, state_dict.Options.Count);
        RequireSame("states", own.State.Count, state_dict.State.Count);
        foreach ((OptimizerOptions mine, OptimizerOptions theirs) in own.Options.Zip(state_dict.Options)) mine.LoadStateDict(theirs);
        foreach ((OptimizerState mine, OptimizerState theirs) in own.State.Zip(state_dict.State)) mine.LoadStateDict(theirs);
    }

    /// <summary>Writes options and states to a file.</summary>
    public void save_state_dict(string location)
    {
        using FileStream stream = File.Create(location);
        using var writer = new BinaryWriter(stream);
        save_state_dict(writer);
    }

    /// <summary>Writes options and states.</summary>
    public void save_state_dict(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        StateDictionary own = state_dict();
        writer.Write(GetType().Name);
        TensorExtensionMethods.WriteLeb128(writer, own.Options.Count);
        TensorExtensionMethods.WriteLeb128(writer, own.State.Count);
        foreach (OptimizerOptions options in own.Options) options.SaveStateDict(writer);
        foreach (OptimizerState state in own.State) state.SaveStateDict(writer);
    }

    /// <summary>Reads options and states from a file.</summary>
    public void load_state_dict(string location)
    {
        using FileStream stream = File.OpenRead(location);
        using var reader = new BinaryReader(stream);
        load_state_dict(reader);
    }

    /// <summary>Reads options and states.</summary>
    /// <exception cref="InvalidDataException">Another kind of optimizer wrote them.</exception>
    /// <exception cref="ArgumentException">The numbers of groups or of parameters differ.</exception>
    public void load_state_dict(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        string kind = reader.ReadString();
        if (kind != GetType().Name)
            throw new InvalidDataException($"Mismatched optimizer type: expected '{GetType().Name}', but found '{kind}' in the stream.");
        StateDictionary own = state_dict();
        RequireSame("parameter groups", own.Options.Count, TensorExtensionMethods.ReadLeb128(reader));
        RequireSame("states", own.State.Count, TensorExtensionMethods.ReadLeb128(reader));
        foreach (OptimizerOptions options in own.Options) options.LoadStateDict(reader);
        foreach (OptimizerState state in own.State) state.LoadStateDict(reader);
    }

    /// <summary>Moves the states to a device.</summary>
    public void to(Device device)
    {
        foreach (OptimizerState state in _states.Values) state.to(device);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (IDisposable state in _states.Values.OfType<IDisposable>()) state.Dispose();
            _states.Clear();
            _groups.Clear();
        }

        base.Dispose(disposing);
    }

    private protected abstract OptimizerState NewState(Parameter parameter);

    private protected abstract void Step(ParamGroup group);

    private protected OptimizerState StateOf(Parameter parameter) => _states[parameter];

    // A state tensor that a native step has made has no owner yet.
    private protected static Tensor? Own(Tensor? before, nint after) =>
        before is null && after != 0 ? new Tensor(after).DetachFromDisposeScope() : before;

    private static void RequireSame(string what, long expected, long actual)
    {
        if (expected != actual)
            throw new ArgumentException($"Invalid optimizer state: this optimizer has {expected} {what}, the source {actual}.");
    }
}
