using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Collectives;
using Granary.Trainer.Learning;
using Granary.Trainer.Parallel;
using Granary.Trainer.Runs;
using Granary.Trainer.Tests.Runs;

namespace Granary.Trainer.Tests.Parallel;

/// <summary>Ranks of one run in this process, joined over real sockets; a lost one is replaced by another, as a new process would be.</summary>
internal sealed class RegroupHarness(SmallRun run, int ranks, CheckpointState start)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<int, string> _listening = [];
    private TaskCompletionSource<IReadOnlyList<string>> _met = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static ParallelSpec Parallel => new() { ChecksumEvery = 3 };

    public RecordingObserver Observer { get; } = new();

    /// <summary>Rings that were formed.</summary>
    public int Meetings { get; private set; }

    /// <summary>Trains to the end.</summary>
    /// <param name="victim">The rank that is lost.</param>
    /// <param name="phase">Where; null: nobody is lost.</param>
    /// <param name="step">In which step, or after.</param>
    /// <param name="replaced">The rank is gone and another takes its place; otherwise only the ring breaks.</param>
    /// <returns>How each rank ended.</returns>
    public async Task<RunOutcome[]> RunAsync(int victim, LossPhase? phase, long step, bool replaced) =>
        await Task.WhenAll(Enumerable.Range(0, ranks).Select(rank => RankAsync(rank, rank == victim ? phase : null, step, replaced)))
            .WaitAsync(Deadline);

    private async Task<RunOutcome> RankAsync(int rank, LossPhase? phase, long step, bool replaced)
    {
        try
        {
            await using var ring = Ring(rank, number: 0);
            var endpoint = await ring.ListenAsync(CancellationToken.None);
            await ring.JoinAsync((await MeetAsync(rank, endpoint))!, CancellationToken.None);
            Callback[] lost = phase is { } at ? [new LostHere(at, step, () => Lose(ring, replaced))] : [];
            return await TrainAsync(ring, new RunState(start), lost);
        }
        catch (LostException)
        {
            await using var ring = Ring(rank, number: 1);
            return await TrainAsync(ring, await Regrouping(ring).EnterAsync(CancellationToken.None), []);
        }
    }

    private Task<RunOutcome> TrainAsync(ElasticRing ring, RunState from, Callback[] more) => TrainingRun.Create(
        run.Request(Observer, from.Checkpoint) with
        {
            Pending = from.Pending,
            Reduction = new RingReduction(ring),
            Callbacks = [.. RankCallbacks.Of(ring, Parallel), .. more],
            Ring = ring,
            Regroup = Regrouping(ring).RegroupAsync,
        }).RunAsync(CancellationToken.None);

    private Regrouping Regrouping(ElasticRing ring) => new(ring, (_, endpoint, _) => MeetAsync(ring.Rank, endpoint));

    private ElasticRing Ring(int rank, int number) => new(
        new RingMember("sweep/0001", 1, rank, ranks, "the attempt's secret") { Ring = number }, "127.0.0.1", new RingOptions(), TimeProvider.System);

    private static void Lose(ElasticRing ring, bool replaced)
    {
        ring.Abort("the test loses it");
        throw replaced ? new LostException() : ring.Failure!;
    }

    private async Task<IReadOnlyList<string>?> MeetAsync(int rank, string endpoint)
    {
        Task<IReadOnlyList<string>> met;
        lock (_lock)
        {
            met = _met.Task;
            _listening[rank] = endpoint;
            if (_listening.Count == ranks)
            {
                Meetings++;
                _met.SetResult([.. _listening.OrderBy(one => one.Key).Select(one => one.Value)]);
                _met = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _listening.Clear();
            }
        }

        return await met;
    }

    private sealed class LostException : Exception;
}
