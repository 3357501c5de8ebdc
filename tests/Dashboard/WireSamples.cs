using Google.Protobuf.WellKnownTypes;
using Granary.V1;

namespace Granary.Dashboard.Tests;

/// <summary>What a silo's stream carries, for tests.</summary>
internal static class WireSamples
{
    public static readonly DateTimeOffset Began = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    public static Sweep Sweep(string id, params Trial[] trials) => new()
    {
        Id = id,
        Name = id,
        State = SweepState.Running,
        Objective = new Objective { Metric = "valid-accuracy", Maximize = true },
        PlannedTrials = 2,
        Created = Timestamp.FromDateTimeOffset(Began),
        Trials = { trials },
    };

    public static Trial Trial(string sweep, TrialState state, long version = 1) => new()
    {
        Id = $"{sweep}/0001",
        Sweep = sweep,
        Number = 1,
        State = state,
        Version = version,
        Attempt = 1,
        Epochs = 4,
        Model = "lenet-relu",
        Finished = state is TrialState.Succeeded ? Timestamp.FromDateTimeOffset(Began) : null,
    };

    public static TrialMetrics Metrics(string sweep, double loss)
    {
        StepMetrics step = new() { Step = 1, Epoch = 0.5, Values = { ["train-loss"] = loss, ["overlap-share"] = 0.5, ["rank-1-forward-seconds"] = 0.125 } };
        step.Layers.Add(Layer());
        return new TrialMetrics { Trial = $"{sweep}/0001", Attempt = 1, Steps = { step } };
    }

    /// <summary>A convolution whose weights are thrown about.</summary>
    public static LayerStatistics Layer() => new()
    {
        Layer = "conv1",
        Kind = "Conv2d",
        Mean = 1,
        StandardDeviation = 2,
        NearZero = 0.5,
        GradientNorm = 4,
        WeightNorm = 8,
        UpdateRatio = 0.75,
        Health = LayerHealth.Exploding,
        Evidence = "each step changes its weights by 0.75 of their norm or more",
    };
}
