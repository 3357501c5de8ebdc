using Google.Protobuf.WellKnownTypes;
using Granary.V1;

namespace Granary.Cli.Tests;

/// <summary>Sweeps and trials for tests.</summary>
internal static class Samples
{
    /// <summary>A sweep file that is right: two trials.</summary>
    public const string SweepFile = """
        name: s
        data: { set: fashion-mnist, batch: 64, limit: 640 }
        model: lenet-relu
        train: { epochs: 1, optimizer: sgd }
        search:
          algorithm: grid
          space:
            lr: [0.01, 0.02]
          objective: { maximize: valid-accuracy }
        """;

    private static readonly Timestamp Began = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 1, 2, 12, 0, 0, TimeSpan.Zero));

    public static Trial Trial(int number, TrialState state, long version = 1, int epochsDone = 0, double? best = null)
    {
        Trial trial = new()
        {
            Id = $"s-1/{number:0000}",
            Sweep = "s-1",
            Number = number,
            State = state,
            Version = version,
            Attempt = 1,
            EpochsDone = epochsDone,
            Epochs = 4,
            Model = "lenet-relu",
            Parameters = { ["lr"] = $"0.0{number}" },
        };
        if (best is { } value)
        {
            trial.Best = value;
            trial.BestEpoch = epochsDone;
        }

        return trial;
    }

    /// <summary>The trial with a verdict over its layers.</summary>
    public static Trial With(this Trial trial, LayerHealth health, string sentence = "")
    {
        trial.Health = new RunHealth { Health = health, Sentence = sentence };
        return trial;
    }

    public static Sweep Sweep(SweepState state, int planned, params Trial[] trials) => new()
    {
        Id = "s-1",
        Name = "s",
        State = state,
        Objective = new Objective { Metric = "valid-accuracy", Maximize = true },
        PlannedTrials = planned,
        FinishedTrials = trials.Count(trial => trial.State is TrialState.Succeeded or TrialState.Failed or TrialState.Stopped),
        Created = Began,
        Trials = { trials },
    };

    public static SweepEvent Event(Sweep sweep) => new() { Sweep = sweep };

    public static SweepEvent Event(Trial trial) => new() { Trial = trial };

    public static SweepEvent Metrics(int trial, int attempt, double epoch, double loss) => new()
    {
        Metrics = new TrialMetrics
        {
            Trial = $"s-1/{trial:0000}",
            Attempt = attempt,
            Steps =
            {
                new StepMetrics { Step = 1, Epoch = 0 },
                new StepMetrics { Step = 2, Epoch = epoch, Values = { ["train-loss"] = loss } },
            },
        },
    };
}
