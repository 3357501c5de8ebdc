using System.Runtime.InteropServices;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Collectives;
using Granary.Trainer.Learning;
using Granary.Trainer.Link;
using Granary.Trainer.Parallel;
using Granary.Trainer.Runs;

namespace Granary.Trainer.Tools.Training;

/// <summary>One run on this machine, from its folder to its exit status. Where it has several ranks, this process is the first.</summary>
/// <param name="plan">The run.</param>
/// <param name="display">Who is shown.</param>
/// <param name="time">The clock.</param>
internal sealed class TrainSession(TrainPlan plan, ITrainDisplay display, TimeProvider time)
{
    private const string ShowCursor = "\u001b[?25h";

    private int _signals;

    /// <summary>Trains to the end, or until Ctrl-C.</summary>
    /// <param name="cancellationToken">Ends the run at the next step, without a checkpoint.</param>
    /// <returns>One of <see cref="ToolExit"/>.</returns>
    /// <exception cref="InvalidDataException">The folder's checkpoint is of another run; the message names the setting.</exception>
    /// <exception cref="ToolException">A rank failed; the message says which, and why.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        CheckpointState? state = plan.Resume ? plan.Folder.Newest(display.Say) : null;
        if (plan.Resume)
            display.Say(Start(state));
        if (plan.Ranks == 1)
            return await TrainAsync(state, gang: null, cancellationToken);
        await using TrainGang gang = await TrainGang.StartAsync(plan, plan.Folder.NewestManifest, cancellationToken);
        try
        {
            return await TrainAsync(state, gang, cancellationToken);
        }
        catch (CollectiveException broken)
        {
            throw new ToolException(await gang.ExplainAsync(broken), ToolExit.Failed);
        }
        catch (Exception e)
        {
            // The others would wait for this rank; they end with the reason instead.
            gang.Ring.Abort(e.Message);
            throw;
        }
    }

    private async Task<int> TrainAsync(CheckpointState? state, TrainGang? gang, CancellationToken cancellationToken)
    {
        var history = new RunHistory(plan.Folder.HistoryPath, plan.Run.Objective, state?.History ?? []);
        var progress = new TrainProgress(plan.Run.Train.Epochs, time);
        IReadOnlyList<Callback> ranks = gang is null ? [] : RankCallbacks.Of(gang.Ring, plan.Run.Parallel);
        TimelineRecorder? timeline = plan.Timeline is null ? null : new TimelineRecorder(0, time);
        TrainingRun training = TrainingRun.Create(new TrainingRunRequest
        {
            Run = plan.Run,
            Device = plan.Device,
            Reduction = gang is null ? SingleProcess.Instance : new RingReduction(gang.Ring),
            Callbacks = [.. ranks, .. timeline is null ? [] : new[] { timeline }],
            Observer = new TrainObserver(history, progress, display),
            CheckpointFolder = plan.Folder.Checkpoints,
            Time = time,
            Resume = state,
            Ring = gang?.Ring,
            Regroup = gang?.Regroup,
        });
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, training));
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, training));
        RunOutcome outcome = await display.ShowAsync(progress, () => training.RunAsync(cancellationToken));
        if (gang is not null)
            await gang.LeaveAsync();
        if (timeline is not null)
            WriteTimeline(timeline);
        foreach (string line in ranks.OfType<DataParallel>().SelectMany(rank => RankReport.Lines(rank.Times)))
            display.Say(line);
        return End(outcome, history);
    }

    private int End(RunOutcome outcome, RunHistory history)
    {
        string? weights = history.Best is { } best ? plan.Folder.WeightsOf(best.Epoch) : null;
        display.End(new TrainSummary(outcome, plan.Run.Train.Epochs, plan.Run.Objective, history.Best, weights, plan.GoOn));
        return outcome.End switch
        {
            RunEnd.Finished or RunEnd.StoppedByScheduler or RunEnd.StoppedEarly => ToolExit.Done,
            RunEnd.Paused => ToolExit.Interrupted,
            _ => ToolExit.Failed,
        };
    }

    private void WriteTimeline(TimelineRecorder timeline)
    {
        string[] parts = [.. Enumerable.Range(0, plan.Ranks).Select(rank => TrainGang.PartOf(plan.Timeline!, rank))];
        TimelineFile.Write(parts[0], timeline);
        TimelineFile.Join(plan.Timeline!, parts);
        display.Say($"Timeline in {plan.Timeline}: open it with chrome://tracing or ui.perfetto.dev.");
    }

    private static string Start(CheckpointState? state) => state is null
        ? "No checkpoint was written yet: the run starts at its beginning."
        : FormattableString.Invariant($"Going on from step {state.Position.Step}, {state.Position.Epoch} epochs complete.");

    private void Stop(PosixSignalContext signal, TrainingRun training)
    {
        signal.Cancel = true;
        if (Interlocked.Increment(ref _signals) == 1)
        {
            training.RequestCheckpoint();
            display.Say("Stopping with a checkpoint after this step; once more ends at once.");
            return;
        }

        // The bar hides the cursor, and nothing after this line would show it again.
        if (!Console.IsOutputRedirected)
            Console.Out.Write(ShowCursor);
        NativeProcess.ExitNow(ToolExit.Interrupted);
    }
}
