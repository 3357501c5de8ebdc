using System.Runtime.InteropServices;
using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Learning;
using Granary.Trainer.Link;
using Granary.Trainer.Runs;

namespace Granary.Trainer.Tools.Training;

/// <summary>One run in this process, from its folder to its exit status.</summary>
/// <param name="run">The run.</param>
/// <param name="device">What it computes on.</param>
/// <param name="folder">Where its files are.</param>
/// <param name="display">Who is shown.</param>
/// <param name="time">The clock.</param>
internal sealed class TrainSession(RunSpec run, DeviceChoice device, RunFolder folder, ITrainDisplay display, TimeProvider time)
{
    private const string ShowCursor = "\u001b[?25h";

    private int _signals;

    /// <summary>Trains to the end, or until Ctrl-C.</summary>
    /// <param name="resume">Go on from the folder's newest checkpoint.</param>
    /// <param name="goOn">The command that goes on with the run, for messages.</param>
    /// <param name="cancellationToken">Ends the run at the next step, without a checkpoint.</param>
    /// <returns>One of <see cref="ToolExit"/>.</returns>
    /// <exception cref="InvalidDataException">The folder's checkpoint is of another run; the message names the setting.</exception>
    public async Task<int> RunAsync(bool resume, string goOn, CancellationToken cancellationToken)
    {
        CheckpointState? state = resume ? folder.Newest(display.Say) : null;
        if (resume)
            display.Say(Start(state));
        var history = new RunHistory(folder.HistoryPath, run.Objective, state?.History ?? []);
        var progress = new TrainProgress(run.Train.Epochs, time);
        TrainingRun training = TrainingRun.Create(new TrainingRunRequest
        {
            Run = run,
            Device = device,
            Reduction = SingleProcess.Instance,
            Observer = new TrainObserver(history, progress, display),
            CheckpointFolder = folder.Checkpoints,
            Time = time,
            Resume = state,
        });
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, training));
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, training));
        RunOutcome outcome = await display.ShowAsync(progress, () => training.RunAsync(cancellationToken));
        string? weights = history.Best is { } best ? folder.WeightsOf(best.Epoch) : null;
        display.End(new TrainSummary(outcome, run.Train.Epochs, run.Objective, history.Best, weights, goOn));
        return outcome.End switch
        {
            RunEnd.Finished or RunEnd.StoppedByScheduler or RunEnd.StoppedEarly => ToolExit.Done,
            RunEnd.Paused => ToolExit.Interrupted,
            _ => ToolExit.Failed,
        };
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
