using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Granary.Trainer.Insight;

/// <summary>
/// Norms of gradients, weights and updates at one step. What the step adds is measured, whatever the optimizer: the weights are copied
/// before it and compared after it. The copy lives for that one step.
/// </summary>
internal sealed class ParameterNorms : IDisposable
{
    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly List<Tensor> _before = [];
    private readonly List<int?> _gradients = [];
    private readonly List<int> _weights = [];
    private readonly List<int> _updates = [];

    private ParameterNorms(IReadOnlyList<Parameter> parameters) => _parameters = parameters;

    /// <summary>Measures gradients and weights, once backward is done and before the optimizer steps.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="numbers">Takes the squared norms.</param>
    public static ParameterNorms Before(IReadOnlyList<Parameter> parameters, SampleNumbers numbers)
    {
        var norms = new ParameterNorms(parameters);
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach (Parameter parameter in parameters)
        {
            // A frozen parameter has no gradient, nor has one that took no part in the forward pass.
            norms._gradients.Add(parameter.grad is { } gradient ? numbers.Add(FlatTensor.SquaredNorm(gradient)) : null);
            Tensor copy = parameter.detach().clone();
            norms._before.Add(copy.DetachFromDisposeScope());
            norms._weights.Add(numbers.Add(FlatTensor.SquaredNorm(copy)));
        }

        return norms;
    }

    /// <summary>Measures what the optimizer's step has added.</summary>
    /// <param name="numbers">Takes the squared norms.</param>
    public void After(SampleNumbers numbers)
    {
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        for (int i = 0; i < _parameters.Count; i++)
            _updates.Add(numbers.Add(FlatTensor.SquaredNorm(_before[i].sub_(_parameters[i]))));
    }

    /// <summary>A layer's sample, completed by its parameters' norms.</summary>
    /// <param name="sample">Its output.</param>
    /// <param name="parameters">Places of its parameters.</param>
    /// <param name="numbers">The results, read.</param>
    public LayerSample Complete(LayerSample sample, IReadOnlyList<int> parameters, SampleNumbers numbers)
    {
        if (parameters.Count == 0)
            return sample;
        double gradients = parameters.Sum(place => _gradients[place] is { } gradient ? numbers.Number(gradient) : 0);
        double weights = parameters.Sum(place => numbers.Number(_weights[place]));
        double updates = parameters.Sum(place => numbers.Number(_updates[place]));
        bool trained = parameters.Any(place => _gradients[place] is not null);
        return sample with
        {
            GradientNorm = trained ? Math.Sqrt(gradients) : null,
            WeightNorm = Math.Sqrt(weights),
            UpdateRatio = trained && weights > 0 ? Math.Sqrt(updates / weights) : null,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _before.ForEach(copy => copy.Dispose());
        _before.Clear();
    }
}
