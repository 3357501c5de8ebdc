using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Granary.Trainer.Learning;

/// <summary>
/// The exponential moving average of the trained weights: after each optimizer step it moves by 1 - decay of the way to them; it begins at
/// the weights after the first step. Validation runs with the average in the weights' place; buffers are the model's own. Every rank
/// keeps the same one, since all hold the same weights. Used from the training thread only.
/// </summary>
/// <param name="parameters">The network's parameters; those that require a gradient are averaged.</param>
/// <param name="decay">How much of the average a step keeps, in [0, 1).</param>
internal sealed class WeightAverage(IEnumerable<(string name, Parameter parameter)> parameters, double decay) : Callback, IDisposable
{
    private readonly (string Name, Parameter Parameter)[] _trained = [.. parameters.Where(entry => entry.parameter.requires_grad)];

    // All weights one after another: a step is a copy and an interpolation, however many parameters there are.
    private Tensor? _average;
    private Tensor? _weights;
    private Tensor? _step;

    /// <inheritdoc/>
    public override int Order => 70;

    private IEnumerable<Parameter> Parameters => _trained.Select(entry => entry.Parameter);

    /// <inheritdoc/>
    public override void AfterStep(Learner learner)
    {
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor weights = nn.utils.parameters_to_vector(Parameters);
        if (_average is null)
        {
            _average = weights.DetachFromDisposeScope();
            return;
        }

        _step ??= tensor((float)(1 - decay), device: weights.device).DetachFromDisposeScope();
        _average.lerp_(weights, _step);
    }

    /// <inheritdoc/>
    public override void BeforeValidation(Learner learner)
    {
        // Resumed before its first step, a run may validate without one.
        if (_average is null)
            return;
        _weights = nn.utils.parameters_to_vector(Parameters).DetachFromDisposeScope();
        nn.utils.vector_to_parameters(_average, Parameters);
    }

    /// <inheritdoc/>
    public override void AfterEpoch(Learner learner) => PutBack();

    /// <inheritdoc/>
    // A validation that failed leaves the average in the weights' place.
    public override void AfterFit(Learner learner) => PutBack();

    /// <summary>The average of each trained parameter by the parameter's name, as views; none before the first step.</summary>
    public IEnumerable<(string Name, Tensor Average)> Read()
    {
        if (_average is null)
            yield break;
        long offset = 0;
        foreach ((string name, Parameter parameter) in _trained)
        {
            yield return (name, _average.narrow(0, offset, parameter.numel()).view(parameter.shape));
            offset += parameter.numel();
        }
    }

    /// <summary>Begins at the weights as they are; what <see cref="Read"/> gives then may be written to.</summary>
    public void Begin()
    {
        _average?.Dispose();
        _average = nn.utils.parameters_to_vector(Parameters).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _average?.Dispose();
        _weights?.Dispose();
        _step?.Dispose();
    }

    private void PutBack()
    {
        if (_weights is null)
            return;
        nn.utils.vector_to_parameters(_weights, Parameters);
        _weights.Dispose();
        _weights = null;
    }
}
