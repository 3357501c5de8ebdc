using System.Security.Cryptography;
using Granary.Specs;
using Granary.Trainer.Collectives;
using Granary.Trainer.Parallel;
using Granary.Trainer.Runs;

namespace Granary.Trainer.Tools.Training;

/// <summary>
/// The ranks of one run on this machine: this process is the first, the others are processes of their own, and the same lanes join them as
/// on a cluster. One that is killed, crashes or freezes is replaced by a new process. They end with this one.
/// </summary>
internal sealed class TrainGang : IAsyncDisposable
{
    /// <summary>What the ring calls the run.</summary>
    public const string Trial = "train/0001";

    /// <summary>Where ranks listen: on this machine only.</summary>
    public const string Address = "127.0.0.1";

    // A rank that has heard of the end leaves within a step.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    // How long a process that broke the ring may take to be gone.
    private static readonly TimeSpan Death = TimeSpan.FromSeconds(2);

    // How often in a run the ranks may lose one and form again: what goes on breaking is not mended by new processes.
    private const int MostMeetings = 10;

    private readonly TrainPlan _plan;
    private readonly RankOrders _orders;
    private readonly ElasticRing _ring;
    private readonly RankProcess[] _others;
    private readonly Regrouping _regrouping;
    private int _meetings;

    private TrainGang(TrainPlan plan, string? manifest)
    {
        _plan = plan;
        _orders = new RankOrders
        {
            Ranks = plan.Ranks,
            Secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(32)),
            Run = RunSpecJson.Write(plan.Run),
            Cuda = plan.Device.Cuda,
            Threads = plan.Device.Threads,
            Manifest = manifest is null ? null : Path.GetFullPath(manifest),
        };
        var member = new RingMember(Trial, 1, 0, plan.Ranks, _orders.Secret);
        _ring = new ElasticRing(member, Address, plan.Run.Parallel.Ring(), TimeProvider.System);
        _regrouping = new Regrouping(_ring, MeetAsync);
        _others = [.. Enumerable.Range(1, plan.Ranks - 1).Select(rank => StartRank(rank, _orders))];
    }

    /// <summary>What joins the ranks.</summary>
    public ICollective Ring => _ring;

    /// <summary>Finds the ranks together again after one was lost; null: a lost rank ends the run.</summary>
    public Func<CollectiveException, RunState, CancellationToken, Task<RunState>>? Regroup =>
        _plan.Run.Parallel.Reform > 0 ? RegroupAsync : null;

    /// <summary>Starts the other ranks; returns once all have joined.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="manifest">Manifest of the checkpoint that the run goes on from; null: from the start.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="ToolException">A rank ended; the message says why.</exception>
    public static async Task<TrainGang> StartAsync(TrainPlan plan, string? manifest, CancellationToken cancellationToken)
    {
        var gang = new TrainGang(plan, manifest);
        try
        {
            await gang.JoinAsync(cancellationToken);
            return gang;
        }
        catch
        {
            await gang.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where a rank leaves its part of a timeline.</summary>
    /// <param name="timeline">The whole timeline's file.</param>
    /// <param name="rank">The rank.</param>
    public static string PartOf(string timeline, int rank) => FormattableString.Invariant($"{timeline}.rank-{rank}");

    /// <summary>What broke the ring, with what is known of the processes that ended.</summary>
    /// <param name="broken">What the ring says.</param>
    public async Task<string> ExplainAsync(CollectiveException broken)
    {
        using var patience = new CancellationTokenSource(Death);
        await Task.WhenAll(_others.Select(other => other.ExitAsync(patience.Token))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        string?[] causes = await Task.WhenAll(_others.Select(other => other.CauseAsync()));
        return causes.Any(cause => cause is not null)
            ? $"{broken.Message} Of the processes, {string.Join("; ", causes.Where(cause => cause is not null))}."
            : broken.Message;
    }

    /// <summary>Ends when the other ranks have left in order.</summary>
    public async Task LeaveAsync()
    {
        using var patience = new CancellationTokenSource(Farewell);
        await Task.WhenAll(_others.Select(other => other.ExitAsync(patience.Token))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ring.DisposeAsync();
        foreach (RankProcess other in _others)
            other.Dispose();
    }

    private async Task JoinAsync(CancellationToken cancellationToken)
    {
        List<string> endpoints = [await _ring.ListenAsync(cancellationToken)];
        foreach (RankProcess other in _others)
            endpoints.Add(await other.EndpointAsync(cancellationToken) ?? throw await FailedAsync(other));
        await TellAsync(endpoints);
        await _ring.JoinAsync(endpoints, cancellationToken);
    }

    private async Task TellAsync(IReadOnlyList<string> endpoints)
    {
        foreach (RankProcess other in _others)
            await other.TellAsync(string.Join(' ', endpoints));
    }

    private RankProcess StartRank(int rank, RankOrders orders)
    {
        string? part = _plan.Timeline is null ? null : Path.GetFullPath(PartOf(_plan.Timeline, rank));
        return RankProcess.Start(orders with { Rank = rank, Timeline = part }, _plan.Gpus[rank]);
    }

    private async Task<RunState> RegroupAsync(CollectiveException lost, RunState own, CancellationToken cancellationToken)
    {
        RunState state = await _regrouping.RegroupAsync(lost, own, cancellationToken);
        await Console.Error.WriteLineAsync($"The ranks are together again and go on from step {state.Checkpoint.Position.Step}.");
        return state;
    }

    // A living rank says where it listens now; one that says nothing is frozen.
    private async Task<IReadOnlyList<string>?> MeetAsync(CollectiveException? lost, string endpoint, CancellationToken cancellationToken)
    {
        if (++_meetings > MostMeetings)
            return null;
        TimeSpan patience = TimeSpan.FromSeconds(_plan.Run.Parallel.Reform);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(patience);
        using var signs = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        signs.CancelAfter(patience / 2);
        string?[] heard = await Task.WhenAll(_others.Select(other => other.SignAsync(signs.Token)));
        try
        {
            for (int i = 0; i < _others.Length; i++)
            {
                if (heard[i] is null && !await ReplaceAsync(i))
                    return null;
            }

            for (int i = 0; i < _others.Length; i++)
                heard[i] ??= await _others[i].EndpointAsync(deadline.Token).WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }

        if (heard.Contains(null))
            return null;
        string[] endpoints = [endpoint, .. heard!];
        await TellAsync(endpoints);
        return endpoints;
    }

    // Who ended itself had a reason, and would have it again.
    private async Task<bool> ReplaceAsync(int index)
    {
        RankProcess lost = _others[index];
        if (await lost.LossAsync(Death) is not { } loss)
            return false;
        await Console.Error.WriteLineAsync($"Rank {lost.Rank} {loss}: a new process takes its place.");
        _others[index] = StartRank(lost.Rank, _orders with { Ring = _ring.Number });
        lost.Dispose();
        return true;
    }

    private static async Task<ToolException> FailedAsync(RankProcess rank)
    {
        using var patience = new CancellationTokenSource(Death);
        await rank.ExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        string cause = await rank.CauseAsync() ?? $"rank {rank.Rank} closed its output";
        return new ToolException($"the run did not start: {cause}.", ToolExit.Failed);
    }
}
