namespace Granary.Grains.Trials;

/// <summary>What a trial's life depends on, taken from its run.</summary>
/// <param name="Model">The network's name.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Retries">How often a trial whose worker failed is started again.</param>
/// <param name="Metric">The metric that it is judged by.</param>
/// <param name="Maximize">true: greater is better.</param>
/// <param name="Devices">Devices it asks for.</param>
[GenerateSerializer, Immutable, Alias("granary.TrialPlan")]
public sealed record TrialPlan(
    [property: Id(0)] string Model,
    [property: Id(1)] int Epochs,
    [property: Id(2)] int Retries,
    [property: Id(3)] string Metric,
    [property: Id(4)] bool Maximize,
    [property: Id(5)] DeviceDemand Devices)
{
    /// <summary>
    /// How long the ranks of a gang wait for another worker in a lost one's place before the trial goes back to its checkpoint; zero: not
    /// at all.
    /// </summary>
    [Id(6)] public TimeSpan Reform { get; init; }
}
