using System.Runtime.InteropServices;
using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Collectives;
using Granary.Trainer.Parallel;
using Granary.Trainer.Runs;
using Granary.Trainer.Tools.Finding;
using Granary.Trainer.Worker;

namespace Granary.Trainer.Tools.Training;

/// <summary>
/// A rank other than the first of <c>granary train --ranks N</c>: a process that says where it listens, is told where the others do, and
/// trains along. The first rank reports, writes the checkpoints and hears Ctrl-C; when it is gone, so is this one.
/// </summary>
internal static class RankSession
{
    /// <summary>Runs the rank to its end.</summary>
    /// <param name="input">The orders, then everybody's endpoints: a line each; open for as long as the first rank lives.</param>
    /// <param name="output">This rank's endpoint.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>One of <see cref="ToolExit"/>.</returns>
    public static async Task<int> RunAsync(TextReader input, TextWriter output, CancellationToken cancellationToken)
    {
        // Ctrl-C reaches the whole process group; the first rank decides for all.
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        RankOrders orders = RankOrders.Read(await ReadAsync(input, cancellationToken));
        RunSpec run = RunSpecJson.Read(orders.Run);
        var member = new RingMember(TrainGang.Trial, 1, orders.Rank, orders.Ranks, orders.Secret);
        RingOptions options = run.Parallel.Ring();
        await using CollectiveHost host = await CollectiveHost.StartAsync(member, TrainGang.Address, options, cancellationToken);
        await output.WriteLineAsync(host.Endpoint);
        await output.FlushAsync(cancellationToken);
        string[] endpoints = (await ReadAsync(input, cancellationToken)).Split(' ');
        OrphanWatch.Start(input);
        await using ICollective ring = await host.JoinAsync(endpoints, TimeProvider.System, cancellationToken);
        try
        {
            return await TrainAsync(orders, run, ring, cancellationToken);
        }
        catch (Exception e)
        {
            // The others would wait for this rank; they end with the reason instead.
            ring.Abort(e.Message);
            throw;
        }
    }

    private static async Task<int> TrainAsync(RankOrders orders, RunSpec run, ICollective ring, CancellationToken cancellationToken)
    {
        TimelineRecorder? timeline = orders.Timeline is null ? null : new TimelineRecorder(orders.Rank, TimeProvider.System);
        TrainingRun training = TrainingRun.Create(new TrainingRunRequest
        {
            Run = run,
            Device = new DeviceChoice(orders.Cuda, orders.Threads),
            Reduction = new RingReduction(ring),
            Callbacks = [.. RankCallbacks.Of(ring, run.Parallel), .. timeline is null ? [] : new[] { timeline }],
            Observer = new NoObserver(),
            CheckpointFolder = "",
            Time = TimeProvider.System,
            Resume = orders.Manifest is { } manifest ? CheckpointReader.Read(CheckpointWriter.WeightsOf(manifest), manifest) : null,
        });
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            training.RequestCheckpoint();
        });
        RunOutcome outcome = await training.RunAsync(cancellationToken);
        if (timeline is not null)
            TimelineFile.Write(orders.Timeline!, timeline);
        return outcome.End == RunEnd.Failed ? ToolExit.Failed : ToolExit.Done;
    }

    private static async Task<string> ReadAsync(TextReader input, CancellationToken cancellationToken) =>
        await input.ReadLineAsync(cancellationToken) ?? throw new ToolException("The first rank is gone.", ToolExit.Failed);
}
