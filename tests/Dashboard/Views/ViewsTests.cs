using System.Text.Json;
using Granary.Dashboard.Views;
using Granary.Pools;
using Granary.Sweeps;
using Granary.Trials;

namespace Granary.Dashboard.Tests.Views;

/// <summary>A sweep looks the same whether it came over a stream or from a grain.</summary>
public sealed class ViewsTests
{
    private static readonly TrialId Id = new(new SweepId("s-1"), 1);

    [Fact]
    public void ToView_TheSameTrialFromGrainAndWire_IsTheSameJson()
    {
        TrialSnapshot grain = new()
        {
            Definition = new TrialDefinition(Id, new Dictionary<string, string> { ["lr"] = "0.1" }, "{}", WireSamples.Began),
            State = TrialState.Checkpointing,
            Version = 7,
            Attempt = 2,
            Devices = [new DeviceId("n1", "cuda:0")],
            EpochsDone = 1,
            Epochs = 4,
            Model = "lenet-relu",
            Metrics = new Dictionary<string, double> { ["valid-accuracy"] = 0.5 },
            Best = 0.5,
            BestEpoch = 1,
            BestCheckpoint = new CheckpointRef("w", "m", 1, 1, 10),
            Reason = "because",
            Started = WireSamples.Began,
            History =
            [
                new EpochResult(
                    1, 10, new Dictionary<string, double> { ["valid-accuracy"] = 0.5 },
                    new HealthReport(TrialHealth.Dead, "1 of 2 layers dead; relu1: idle.")),
            ],
        };
        V1.Trial wire = WireSamples.Trial("s-1", V1.TrialState.Checkpointing, version: 7);
        (wire.Attempt, wire.EpochsDone, wire.Best, wire.BestEpoch, wire.Reason) = (2, 1, 0.5, 1, "because");
        wire.Parameters["lr"] = "0.1";
        wire.Devices.Add("n1/cuda:0");
        wire.Metrics["valid-accuracy"] = 0.5;
        wire.BestCheckpoint = new V1.Checkpoint { Weights = "w" };
        wire.Started = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(WireSamples.Began);
        wire.History.Add(new V1.EpochMetrics { Epoch = 1, Step = 10, Values = { ["valid-accuracy"] = 0.5 } });

        wire.Health = new V1.RunHealth { Health = V1.LayerHealth.Dead, Sentence = "1 of 2 layers dead; relu1: idle." };

        string json = JsonSerializer.Serialize(grain.ToView(), ViewJson.Default.TrialView);

        Assert.Equal(json, JsonSerializer.Serialize(wire.ToView(), ViewJson.Default.TrialView));
        Assert.Contains("\"state\":\"checkpointing\"", json, StringComparison.Ordinal);
        Assert.Contains("\"devices\":[\"n1/cuda:0\"]", json, StringComparison.Ordinal);
        Assert.Contains(
            "\"health\":{\"health\":\"dead\",\"sentence\":\"1 of 2 layers dead; relu1: idle.\"}", json, StringComparison.Ordinal);
    }

    [Fact]
    public void ToView_TheSameSweepFromGrainAndWire_IsTheSameJson()
    {
        SweepSummary grain = new()
        {
            Id = Id.Sweep,
            Name = "s",
            State = SweepState.Failed,
            Metric = "valid-accuracy",
            Maximize = true,
            PlannedTrials = 2,
            FinishedTrials = 1,
            BestTrial = Id,
            Best = 0.5,
            Reason = "because",
            Created = WireSamples.Began,
            Finished = WireSamples.Began,
            FileHash = "h",
        };
        V1.Sweep wire = WireSamples.Sweep("s-1");
        (wire.Name, wire.State, wire.FinishedTrials, wire.BestTrial, wire.Best, wire.Reason) =
            ("s", V1.SweepState.Failed, 1, "s-1/0001", 0.5, "because");
        wire.Finished = wire.Created;

        string json = JsonSerializer.Serialize(grain.ToView(), ViewJson.Default.SweepView);

        Assert.Equal(json, JsonSerializer.Serialize(wire.ToView(), ViewJson.Default.SweepView));
        Assert.Contains("\"bestTrial\":\"s-1/0001\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void ToView_ASweepWithoutResults_HasNoBest()
    {
        SweepView view = WireSamples.Sweep("s-1").ToView();

        Assert.Null(view.Best);
        Assert.Null(view.BestTrial);
        Assert.Null(view.Finished);
    }

    [Fact]
    public void ToView_ADevice_NamesItsHolder()
    {
        RankId holder = new(new AttemptId(Id, 3), 1);

        Assert.Equal(
            new DeviceView("n1/cuda:0", "NVIDIA H200", Present: true, "s-1/0001", 1),
            new PoolDevice(new DeviceId("n1", "cuda:0"), "NVIDIA H200", Present: true, holder).ToView());
        Assert.Equal(
            new DeviceView("n1/cuda:0", "NVIDIA H200", Present: false, Trial: null, Rank: null),
            new PoolDevice(new DeviceId("n1", "cuda:0"), "NVIDIA H200", Present: false, Holder: null).ToView());
    }

    [Theory]
    [InlineData(double.NaN, "\"NaN\"")]
    [InlineData(double.PositiveInfinity, "\"Infinity\"")]
    [InlineData(double.NegativeInfinity, "\"-Infinity\"")]
    [InlineData(0.5, "0.5")]
    public void Json_AnyNumber_IsValid(double value, string expected)
    {
        MetricsView metrics = new("s-1/0001", [new PointView(1, 0.5, new Dictionary<string, double> { ["train-loss"] = value })]);

        Assert.Equal(
            $$$"""{"trial":"s-1/0001","points":[{"step":1,"epoch":0.5,"values":{"train-loss":{{{expected}}}},"layers":null}]}""",
            JsonSerializer.Serialize(metrics, ViewJson.Default.MetricsView));
    }
}
