using Granary.Cli.Local;
using Granary.Cli.Watching;
using Granary.V1;
using Grpc.Core;

namespace Granary.Cli.Commands;

/// <summary>Submits one sweep and stays with it to its end.</summary>
internal sealed class SweepRun(CommandContext context, SiloConnection silo, StateFolder state, bool plain)
{
    private static readonly TimeSpan PausePatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan SubmitDeadline = TimeSpan.FromSeconds(60);

    private readonly SweepProgress _progress = new(context.Time);

    public async Task<int> RunAsync(FileInfo file, string text, bool fresh, CancellationToken cancellationToken)
    {
        SubmitReply submitted = await silo.Sweeps.SubmitAsync(
            new SubmitRequest { File = text, FileName = file.ToString(), Fresh = fresh },
            deadline: context.Time.GetUtcNow().UtcDateTime + SubmitDeadline,
            cancellationToken: cancellationToken);
        string id = submitted.Sweep;
        string dashboard = silo.Dashboard is { } pages ? $"; live at {pages}sweeps/{id}" : "";
        context.Say($"{(submitted.Continued ? "going on with" : "sweep")} {id}{dashboard}");

        using CancellationTokenSource interrupted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using Interrupts interrupts = new(interrupted);
        SweepWatcher watcher = new(() => silo.Sweeps, _progress, context.Time);
        ISweepDisplay display = plain
            ? new PlainDisplay(context.Out.Profile.Out.Writer, context.Time)
            : new LiveDisplay(context.Out, context.Time, silo.Dashboard);
        try
        {
            await display.ShowAsync(watcher, _progress, () => watcher.WatchAsync(id, interrupted.Token), interrupted.Token);
        }
        catch (Exception error) when (interrupts.Count > 0 && error is OperationCanceledException or RpcException)
        {
            return await LeaveAsync(id, file, interrupts, cancellationToken);
        }

        Sweep sweep = await silo.Sweeps.GetAsync(new SweepRequest { Sweep = id }, cancellationToken: cancellationToken);
        await SweepReport.WriteAsync(context, silo, state, sweep, cancellationToken);
        return sweep.State == SweepState.Succeeded ? ExitCodes.Done : ExitCodes.Failed;
    }

    // The devices of this machine go away with this command, so its trials must write what they have; a cluster's go on.
    private async Task<int> LeaveAsync(string id, FileInfo file, Interrupts interrupts, CancellationToken cancellationToken)
    {
        if (!silo.Owned)
        {
            context.Say($"{id} goes on without this terminal; `granary sweep run {file}` watches it again, `granary sweep stop {id}` ends it.");
            return ExitCodes.Interrupted;
        }

        context.Say("pausing: running trials write a checkpoint (Ctrl-C again leaves at once)");
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, interrupts.Second);
        limit.CancelAfter(PausePatience);
        try
        {
            await silo.Sweeps.PauseAsync(new SweepRequest { Sweep = id }, cancellationToken: limit.Token);
            await WaitUntilIdleAsync(id, limit.Token);
            context.Say($"{id} is paused; `granary sweep run {file}` goes on where it stands.");
        }
        catch (Exception error) when (error is OperationCanceledException or RpcException)
        {
            context.Say($"left at once; `granary sweep run {file}` goes on from each trial's last checkpoint.");
        }

        return ExitCodes.Interrupted;
    }

    private async Task WaitUntilIdleAsync(string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            Sweep sweep = await silo.Sweeps.GetAsync(new SweepRequest { Sweep = id }, cancellationToken: cancellationToken);
            if (sweep.State != SweepState.Paused && sweep.Finished is not null || !sweep.Trials.Any(trial => new TrialProgress(trial, null).Active))
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), context.Time, cancellationToken);
        }
    }
}
