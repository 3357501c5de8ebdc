using Google.Protobuf.WellKnownTypes;
using Granary.Sweeps;

namespace Granary.Silo.Wire;

/// <summary>Sweeps on the wire.</summary>
internal static class SweepMapping
{
    /// <summary>A sweep with its trials.</summary>
    public static V1.Sweep ToProto(SweepSnapshot sweep)
    {
        V1.Sweep proto = ToProto(sweep.Summary);
        proto.File = sweep.File;
        proto.Trials.Add(sweep.Trials.Select(TrialMapping.ToProto));
        return proto;
    }

    /// <summary>A sweep in one row.</summary>
    public static V1.Sweep ToProto(SweepSummary sweep)
    {
        var proto = new V1.Sweep
        {
            Id = sweep.Id.Value,
            Name = sweep.Name,
            // The numbers of both enumerations begin with 1 for Running; a test holds them together.
            State = (V1.SweepState)sweep.State,
            Objective = new V1.Objective { Metric = sweep.Metric, Maximize = sweep.Maximize },
            PlannedTrials = sweep.PlannedTrials,
            BestTrial = sweep.BestTrial?.ToString() ?? "",
            Reason = sweep.Reason,
            Created = Timestamp.FromDateTimeOffset(sweep.Created),
            Finished = TrialMapping.ToTimestamp(sweep.Finished),
            FinishedTrials = sweep.FinishedTrials,
            RunningTrials = sweep.RunningTrials,
        };
        if (sweep.Best is { } best) proto.Best = best;
        return proto;
    }
}
