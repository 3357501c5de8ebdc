namespace Granary.Trials;

/// <summary>What one epoch gave.</summary>
/// <param name="Epoch">Epochs completed: 1 after the first.</param>
/// <param name="Step">Optimizer steps completed, over the whole run.</param>
/// <param name="Metrics">train-loss, train-accuracy, valid-loss, valid-accuracy, examples-per-second, seconds, learning-rate.</param>
/// <param name="Health">The verdict over the layers at the epoch's end; null where no layer is watched.</param>
[GenerateSerializer, Immutable, Alias("granary.EpochResult")]
public sealed record EpochResult(
    [property: Id(0)] int Epoch,
    [property: Id(1)] long Step,
    [property: Id(2)] IReadOnlyDictionary<string, double> Metrics,
    [property: Id(3)] HealthReport? Health = null);
