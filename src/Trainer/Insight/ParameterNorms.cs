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
    private readonly int[] _gradients;
    private int _weights;
    private int _updates;

    private ParameterNorms(IReadOnlyList<Parameter> parameters)
    {
        _parameters = parameters;
        _gradients = new int[parameters.Count];
    }

    /// <summary>Measures gradients and weights, once backward is done and before the optimizer steps.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="numbers">Takes the norms.</param>
    public static ParameterNorms Before(IReadOnlyList<Parameter> parameters, SampleNumbers numbers)
    {
        var norms = new ParameterNorms(parameters);
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        for (int i = 0; i < parameters.Count; i++)
        {
            norms._gradients[i] = -1;
            // A frozen parameter has no gradient, nor has one that took no part in the forward pass.
            if (parameters[i].grad is not { } gradient)
                continue;
            norms._gradients[i] = numbers.Count;
            numbers.Add(Norm(gradient));
        }

        norms._weights = numbers.Count;
        foreach (Parameter parameter in parameters)
        {
            Tensor copy = parameter.detach().clone();
            norms._before.Add(copy.DetachFromDisposeScope());
            numbers.Add(Norm(copy));
        }

        return norms;
    }

    /// <summary>Measures what the optimizer's step has added.</summary>
    /// <param name="numbers">Takes the norms.</param>
    public void After(SampleNumbers numbers)
    {
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        _updates = numbers.Count;
        for (int i = 0; i < _parameters.Count; i++)
            numbers.Add(Norm(_before[i].sub_(_parameters[i])));
    }

    /// <summary>A layer's sample, completed by its parameters' norms.</summary>
    /// <param name="sample">Its output.</param>
    /// <param name="parameters">Places of its parameters.</param>
    /// <param name="numbers">What <see cref="SampleNumbers.Read"/> gave.</param>
    public LayerSample Complete(LayerSample sample, IReadOnlyList<int> parameters, ReadOnlySpan<float> numbers)
    {
        if (parameters.Count == 0)
            return sample;
        double gradients = 0, weights = 0, updates = 0;
        bool trained = false;
        foreach (int place in parameters)
        {
            weights += Square(numbers[_weights + place]);
            updates += Square(numbers[_updates + place]);
            if (_gradients[place] < 0)
                continue;
            trained = true;
            gradients += Square(numbers[_gradients[place]]);
        }

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

    private static Tensor Norm(Tensor values) => values.norm().to(ScalarType.Float32);

    private static double Square(double value) => value * value;
}
