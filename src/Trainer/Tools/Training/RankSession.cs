using System.Runtime.InteropServices;
using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Collectives;
using Granary.Trainer.Parallel;
using Granary.Trainer.Runs;
using Granary.Trainer.Tools.Finding;

namespace Granary.Trainer.Tools.Training;

/// <summary>
/// A rank other than the first of <c>granary train --ranks N</c>: a process that says where it listens, is told where the others do, and
/// trains along; after another rank was lost, once more. The first rank reports, writes the checkpoints and hears Ctrl-C; when it is gone,
/// so is this one.
/// </summary>
internal sealed class RankSession : IAsyncDisposable
{
    private readonly RankInput _input;
    private readonly TextWriter _output;
    private readonly RankOrders _orders;
    private readonly RunSpec _run;
    private readonly ElasticRing _ring;
    private readonly Regrouping _regrouping;

    private RankSession(RankInput input, TextWriter output, RankOrders orders)
    {
        (_input, _output, _orders, _run) = (input, output, orders, RunSpecJson.Read(orders.Run));
        var member = new RingMember(TrainGang.Trial, 1, orders.Rank, orders.Ranks, orders.Secret) { Ring = orders.Ring };
        _ring = new ElasticRing(member, TrainGang.Address, _run.Parallel.Ring(), TimeProvider.System);
        _regrouping = new Regrouping(_ring, MeetAsync);
    }

    /// <summary>Runs the rank to its end.</summary>
    /// <param name="input">The orders, then everybody's endpoints: a line each; open for as long as the first rank lives.</param>
    /// <param name="output">This rank's endpoint, a line for each ring.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>One of <see cref="ToolExit"/>.</returns>
    public static async Task<int> RunAsync(TextReader input, TextWriter output, CancellationToken cancellationToken)
    {
        // Ctrl-C reaches the whole process group; the first rank decides for all.
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        var lines = new RankInput(input);
        await using var session = new RankSession(lines, output, RankOrders.Read(await lines.ReadAsync(cancellationToken)));
        try
        {
            return await session.RunAsync(cancellationToken);
        }
        catch (Exception e)
        {
            // The others would wait for this rank; they end with the reason instead.
            session._ring.Abort(e.Message);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _ring.DisposeAsync();

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (_orders.Ring > 0)
            return await TrainAsync(await _regrouping.EnterAsync(cancellationToken), cancellationToken);
        string endpoint = await _ring.ListenAsync(cancellationToken);
        await _ring.JoinAsync((await MeetAsync(null, endpoint, cancellationToken))!, cancellationToken);
        CheckpointState? resume =
            _orders.Manifest is { } manifest ? CheckpointReader.Read(CheckpointWriter.WeightsOf(manifest), manifest) : null;
        return await TrainAsync(resume is null ? null : new RunState(resume), cancellationToken);
    }

    private async Task<int> TrainAsync(RunState? from, CancellationToken cancellationToken)
    {
        TimelineRecorder? timeline = _orders.Timeline is null ? null : new TimelineRecorder(_orders.Rank, TimeProvider.System);
        TrainingRun training = TrainingRun.Create(new TrainingRunRequest
        {
            Run = _run,
            Device = new DeviceChoice(_orders.Cuda, _orders.Threads),
            Reduction = new RingReduction(_ring),
            Callbacks = [.. RankCallbacks.Of(_ring, _run.Parallel), .. timeline is null ? [] : new[] { timeline }],
            Observer = new NoObserver(),
            CheckpointFolder = "",
            Time = TimeProvider.System,
            Resume = from?.Checkpoint,
            Pending = from?.Pending,
            Ring = _ring,
            Regroup = _run.Parallel.Reform > 0 ? _regrouping.RegroupAsync : null,
        });
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            training.RequestCheckpoint();
        });
        RunOutcome outcome = await training.RunAsync(cancellationToken);
        if (timeline is not null)
            TimelineFile.Write(_orders.Timeline!, timeline);
        return outcome.End == RunEnd.Failed ? ToolExit.Failed : ToolExit.Done;
    }

    // The first rank decides whether there is another ring. Where there is none it ends, and this process with it.
    private async Task<IReadOnlyList<string>?> MeetAsync(CollectiveException? lost, string endpoint, CancellationToken cancellationToken)
    {
        await _output.WriteLineAsync(endpoint);
        await _output.FlushAsync(cancellationToken);
        return (await _input.ReadAsync(cancellationToken)).Split(' ');
    }
}
