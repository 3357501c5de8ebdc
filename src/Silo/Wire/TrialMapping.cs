using Google.Protobuf.WellKnownTypes;
using Granary.Trials;

namespace Granary.Silo.Wire;

/// <summary>Trials on the wire.</summary>
internal static class TrialMapping
{
    /// <summary>A trial as clients see it.</summary>
    public static V1.Trial ToProto(TrialSnapshot trial)
    {
        TrialId id = trial.Definition.Id;
        var proto = new V1.Trial
        {
            Id = id.ToString(),
            Sweep = id.Sweep.Value,
            Number = id.Number,
            // The numbers of both enumerations begin with 1 for Queued; a test holds them together.
            State = (V1.TrialState)trial.State,
            Model = trial.Model,
            Attempt = trial.Attempt,
            EpochsDone = trial.EpochsDone,
            Epochs = trial.Epochs,
            BestEpoch = trial.BestEpoch,
            BestCheckpoint = CheckpointMapping.ToProto(trial.BestCheckpoint),
            LastCheckpoint = CheckpointMapping.ToProto(trial.LastCheckpoint),
            Reason = trial.Reason,
            Created = Timestamp.FromDateTimeOffset(trial.Definition.Created),
            Started = ToTimestamp(trial.Started),
            Finished = ToTimestamp(trial.Finished),
            Run = trial.Definition.Run,
            Version = trial.Version,
            Health = HealthMapping.ToProto(trial.Health),
        };
        foreach ((string name, string value) in trial.Definition.Parameters) proto.Parameters[name] = value;
        foreach ((string name, double value) in trial.Metrics) proto.Metrics[name] = value;
        proto.History.Add(trial.History.Select(ToProto));
        proto.Devices.Add(trial.Devices.Select(device => device.ToString()));
        if (trial.Best is { } best) proto.Best = best;
        return proto;
    }

    /// <summary>A moment; null stays unset.</summary>
    public static Timestamp? ToTimestamp(DateTimeOffset? moment) => moment is { } at ? Timestamp.FromDateTimeOffset(at) : null;

    private static V1.EpochMetrics ToProto(EpochResult epoch)
    {
        var proto = new V1.EpochMetrics { Epoch = epoch.Epoch, Step = epoch.Step, Health = HealthMapping.ToProto(epoch.Health) };
        foreach ((string name, double value) in epoch.Metrics) proto.Values[name] = value;
        return proto;
    }
}
