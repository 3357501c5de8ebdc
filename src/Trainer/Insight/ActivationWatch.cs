using Granary.Trainer.Learning;
using Granary.Trainer.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Insight;

/// <summary>
/// Takes activation statistics of the network's watched stages every few training steps. They are computed where the activations
/// are, and one copy per sample brings all of them to the host. On a rank whose slice of a short last batch is empty there is no sample.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="every">Steps between samples, the first step being one; 0: never.</param>
internal sealed class ActivationWatch(Network network, int every) : Callback
{
    /// <summary>fastai's bound: an output at or below it counts as near zero.</summary>
    private const double NearZero = 0.05;

    private readonly List<Action> _unhook = [];
    private readonly List<(string Layer, Tensor Statistics)> _taken = [];
    private bool _sampling;

    /// <inheritdoc/>
    public override int Order => 10;

    /// <summary>The last step's sample, in the network's order; empty when it took none.</summary>
    public IReadOnlyList<LayerActivity> Sample { get; private set; } = [];

    /// <inheritdoc/>
    public override void BeforeFit(Learner learner)
    {
        if (every == 0)
            return;
        foreach (Stage stage in network.Stages.Where(stage => stage.Watched))
        {
            var hook = stage.Module.register_forward_hook((_, _, output) => Take(stage.Name, output));
            _unhook.Add(hook.remove);
        }
    }

    /// <inheritdoc/>
    public override void BeforeBatch(Learner learner)
    {
        Sample = [];
        _sampling = every > 0 && learner.Position.Step % every == 0;
    }

    /// <inheritdoc/>
    public override void AfterLoss(Learner learner)
    {
        if (!_sampling)
            return;
        _sampling = false;
        using DisposeScope scope = NewDisposeScope();
        float[] values = stack(_taken.Select(taken => taken.Statistics)).cpu().data<float>().ToArray();
        Sample = [.. _taken.Select((taken, i) => new LayerActivity(taken.Layer, values[3 * i], values[(3 * i) + 1], values[(3 * i) + 2]))];
        foreach ((_, Tensor statistics) in _taken)
            statistics.Dispose();
        _taken.Clear();
    }

    /// <inheritdoc/>
    public override void AfterFit(Learner learner) => _unhook.ForEach(remove => remove());

    // Runs inside the stage's own dispose scope, which the statistics outlive.
    private Tensor Take(string layer, Tensor output)
    {
        if (!_sampling)
            return output;
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor values = output.detach().to(ScalarType.Float32);
        Tensor nearZero = values.le(NearZero).to(ScalarType.Float32).mean();
        Tensor statistics = stack([values.mean(), values.std(), nearZero]);
        _taken.Add((layer, statistics.DetachFromDisposeScope()));
        return output;
    }
}
