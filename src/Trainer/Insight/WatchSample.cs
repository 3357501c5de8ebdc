namespace Granary.Trainer.Insight;

/// <summary>What all watched layers looked like at one step.</summary>
/// <param name="Step">Steps completed over the whole run, the watched one included.</param>
/// <param name="Layers">In the order of the forward pass, a block after its parts; the same layers at every step of a run.</param>
internal sealed record WatchSample(long Step, IReadOnlyList<LayerSample> Layers);
