using Granary.Cli.Local;
using Granary.Cli.Watching;
using Granary.V1;

namespace Granary.Cli.Commands;

/// <summary>What there is to say of a sweep: its verdict, its leaderboard, its best checkpoint.</summary>
internal static class SweepReport
{
    public static async Task WriteAsync(
        CommandContext context, SiloConnection silo, StateFolder state, Sweep sweep, CancellationToken cancellationToken)
    {
        string reason = sweep.Reason.Length > 0 ? $" ({sweep.Reason})" : "";
        context.Say($"{sweep.Id}: {sweep.State.ToString().ToLowerInvariant()}{reason}, {sweep.FinishedTrials} of {sweep.PlannedTrials} trials ended");
        Leaderboard.Write(context.Out, sweep, sweep.Trials.Select(trial => new TrialProgress(trial, null)));
        foreach (string line in Stragglers.Lines(sweep.Trials))
        {
            context.Say(line);
        }

        if (sweep.Trials.FirstOrDefault(trial => trial.Id == sweep.BestTrial) is not { } best)
        {
            return;
        }

        context.Say($"best {sweep.Objective.Metric} {Format.Value(best.Best)}: trial {best.Number}, {new TrialProgress(best, null).Parameters}");
        if (best.BestCheckpoint is { } checkpoint)
        {
            string path = state.BestCheckpoint(sweep.Id);
            await CheckpointDownload.FetchAsync(silo.Artifacts, checkpoint, path, cancellationToken);
            context.Say($"best checkpoint {Path.GetRelativePath(Directory.GetCurrentDirectory(), path)} (epoch {checkpoint.Epoch})");
        }
    }
}
