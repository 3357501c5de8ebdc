using System.Security.Cryptography;
using Granary.Specs;
using Granary.Trainer.Collectives;
using Granary.Trainer.Parallel;

namespace Granary.Trainer.Tools.Training;

/// <summary>
/// The ranks of one run on this machine: this process is the first, the others are processes of their own, and the same lanes join them as
/// on a cluster. They end with it.
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

    private readonly List<RankProcess> _others = [];
    private CollectiveHost? _host;
    private ICollective? _ring;

    private TrainGang()
    {
    }

    /// <summary>What joins the ranks.</summary>
    public ICollective Ring => _ring ?? throw new InvalidOperationException("The ranks have not joined yet.");

    /// <summary>Starts the other ranks; returns once all have joined.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="manifest">Manifest of the checkpoint that the run goes on from; null: from the start.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="ToolException">A rank ended; the message says why.</exception>
    public static async Task<TrainGang> StartAsync(TrainPlan plan, string? manifest, CancellationToken cancellationToken)
    {
        var gang = new TrainGang();
        try
        {
            await gang.JoinAsync(plan, manifest, cancellationToken);
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
        if (_ring is not null)
            await _ring.DisposeAsync();
        if (_host is not null)
            await _host.DisposeAsync();
        foreach (RankProcess other in _others)
            other.Dispose();
    }

    private async Task JoinAsync(TrainPlan plan, string? manifest, CancellationToken cancellationToken)
    {
        var orders = new RankOrders
        {
            Ranks = plan.Ranks,
            Secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(32)),
            Run = RunSpecJson.Write(plan.Run),
            Cuda = plan.Device.Cuda,
            Threads = plan.Device.Threads,
            Manifest = manifest is null ? null : Path.GetFullPath(manifest),
        };
        for (int rank = 1; rank < plan.Ranks; rank++)
        {
            string? part = plan.Timeline is null ? null : Path.GetFullPath(PartOf(plan.Timeline, rank));
            _others.Add(RankProcess.Start(orders with { Rank = rank, Timeline = part }, plan.Gpus[rank]));
        }

        var member = new RingMember(Trial, 1, 0, plan.Ranks, orders.Secret);
        _host = await CollectiveHost.StartAsync(member, Address, plan.Run.Parallel.Ring(), cancellationToken);
        List<string> endpoints = [_host.Endpoint];
        foreach (RankProcess other in _others)
            endpoints.Add(await other.EndpointAsync(cancellationToken) ?? throw await FailedAsync(other));
        foreach (RankProcess other in _others)
            await other.TellAsync(string.Join(' ', endpoints));
        _ring = await _host.JoinAsync(endpoints, TimeProvider.System, cancellationToken);
    }

    private static async Task<ToolException> FailedAsync(RankProcess rank)
    {
        using var patience = new CancellationTokenSource(Death);
        await rank.ExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        string cause = await rank.CauseAsync() ?? $"rank {rank.Rank} closed its output";
        return new ToolException($"the run did not start: {cause}.", ToolExit.Failed);
    }
}
