using Granary.Trainer.Learning;
using Granary.Trainer.Models;
using static TorchSharp.torch;

namespace Granary.Trainer.Insight;

/// <summary>
/// Takes statistics of every layer every few training steps: its output as it leaves the layer, its gradients once they are summed over
/// ranks, its update once the optimizer has stepped. They are computed where the tensors are, and one copy per sample brings all of them
/// to the host. Rank 0 alone takes them; where its slice of a short last batch is empty there is no sample. A layer that is called
/// several times in a step shows its first call.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="every">Steps between samples, the first step being one; 0: never.</param>
internal sealed class LayerWatch(Network network, int every) : Callback, IDisposable
{
    private readonly WatchedLayers _watched = WatchedLayers.Of(network);
    private readonly List<Action> _unhook = [];
    private readonly Dictionary<string, OutputStatistics> _outputs = [];
    private readonly HashSet<string> _signed = [];
    private readonly SampleNumbers _numbers = new();
    private ParameterNorms? _norms;
    private Learner? _learner;
    private bool _sampling;

    /// <summary>After the gradients' sum over ranks, before whatever changes them.</summary>
    public override int Order => 60;

    /// <summary>The last step's sample; null when it took none.</summary>
    public WatchSample? Sample { get; private set; }

    /// <inheritdoc/>
    public override void BeforeFit(Learner learner)
    {
        if (every == 0 || learner.Reduction.Rank != 0)
            return;
        foreach (WatchedLayer layer in _watched.Layers)
        {
            var hook = layer.Module.register_forward_hook((_, _, output) => Take(layer, output));
            _unhook.Add(hook.remove);
        }
    }

    /// <inheritdoc/>
    public override void BeforeBatch(Learner learner)
    {
        (Sample, _learner) = (null, learner);
        _sampling = _unhook.Count > 0 && learner.Position.Step % every == 0;
    }

    /// <inheritdoc/>
    public override void AfterBackward(Learner learner)
    {
        _sampling = false;
        if (_outputs.Count > 0)
            _norms = ParameterNorms.Before(_watched.Parameters, _numbers);
    }

    /// <inheritdoc/>
    public override void AfterStep(Learner learner)
    {
        if (_norms is null)
            return;
        _norms.After(_numbers);
        Sample = new WatchSample(learner.Position.Step, Read(_norms));
        Forget();
    }

    /// <inheritdoc/>
    public override void AfterFit(Learner learner) => Dispose();

    /// <summary>Ends the watch; what a step that failed had taken is given back.</summary>
    public void Dispose()
    {
        _unhook.ForEach(remove => remove());
        _unhook.Clear();
        Forget();
    }

    private LayerSample[] Read(ParameterNorms norms)
    {
        _numbers.Read();
        return
        [
            .. from layer in _watched.Layers
               where _outputs.ContainsKey(layer.Name)
               let output = _outputs[layer.Name].ToSample(_numbers, _signed.Contains(layer.Name))
               select norms.Complete(Remember(output), layer.Parameters, _numbers),
        ];
    }

    // The range of a layer's histogram may widen during a run, but never narrows again.
    private LayerSample Remember(LayerSample sample)
    {
        if (sample.Histogram.Low < 0)
            _signed.Add(sample.Layer);
        return sample;
    }

    private void Forget()
    {
        _norms?.Dispose();
        _norms = null;
        _outputs.Clear();
        _numbers.Dispose();
    }

    // Runs inside the layer's own dispose scope, which the statistics outlive.
    private Tensor Take(WatchedLayer layer, Tensor output)
    {
        // With an empty slice the network may still run, to keep other ranks company.
        if (_sampling && _learner!.Batch.Count > 0 && !_outputs.ContainsKey(layer.Name) && output.numel() > 0)
            _outputs.Add(layer.Name, OutputStatistics.Take(layer, output, _numbers));
        return output;
    }
}
