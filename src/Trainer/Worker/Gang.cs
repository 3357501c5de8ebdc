using Granary.Specs;
using Granary.Trainer.Collectives;
using Granary.Trainer.Learning;
using Granary.Trainer.Link;
using Granary.Trainer.Parallel;
using Granary.V1;
using Grpc.Core;

namespace Granary.Trainer.Worker;

/// <summary>A rank among its attempt's ranks: how they find each other through the silo, and the ring that joins them.</summary>
internal sealed class Gang : IAsyncDisposable
{
    private static readonly TimeSpan JoinPatience = TimeSpan.FromMinutes(5);

    // What a rank without neighbours says where others say where they listen.
    private const string NoEndpoint = "none";

    private readonly CollectiveHost? _host;

    private Gang(CollectiveHost? host, ICollective? ring, ParallelSpec spec)
    {
        (_host, Ring) = (host, ring);
        Callbacks = ring is null ? [] : RankCallbacks.Of(ring, spec);
    }

    /// <summary>The ring; null for a single rank.</summary>
    public ICollective? Ring { get; }

    /// <summary>What the training loop sums with.</summary>
    public IReduction Reduction => Ring is null ? SingleProcess.Instance : new RingReduction(Ring);

    /// <summary>What joins the training loop.</summary>
    public IReadOnlyList<Callback> Callbacks { get; }

    /// <summary>Joins; returns once every rank is there.</summary>
    /// <param name="launch">What the worker was told.</param>
    /// <param name="spec">How the ranks train together.</param>
    /// <param name="calls">Calls that outlive a silo's restart.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="RpcException">A rank did not join in time; the message names it.</exception>
    /// <exception cref="CollectiveException">A neighbour could not be reached.</exception>
    public static async Task<Gang> JoinAsync(
        LaunchDocument launch, ParallelSpec spec, SiloCalls calls, TimeProvider time, CancellationToken cancellationToken)
    {
        var member = new RingMember(launch.Trial, launch.Attempt, launch.Rank, launch.WorldSize, launch.Secret);
        if (launch.WorldSize == 1)
        {
            await FindAsync(member, NoEndpoint, calls, cancellationToken);
            return new Gang(null, null, spec);
        }

        var options = spec.Ring() with { Identity = launch.Certificates is { } files ? RingIdentity.Load(files) : null };
        var host = await CollectiveHost.StartAsync(member, launch.Address, options, cancellationToken);
        try
        {
            var ranks = await FindAsync(member, host.Endpoint, calls, cancellationToken);
            host.Nodes = ranks.Nodes;
            return new Gang(host, await host.JoinAsync(ranks.Endpoints, time, cancellationToken), spec);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Ring is not null) await Ring.DisposeAsync();
        if (_host is not null) await _host.DisposeAsync();
    }

    private static async Task<JoinReply> FindAsync(
        RingMember member, string endpoint, SiloCalls calls, CancellationToken cancellationToken)
    {
        var request = new JoinRequest { Id = member.ToId(), Endpoint = endpoint };
        return await calls.CallAsync("to join the other ranks", JoinPatience,
            async (channel, token) => await new Telemetry.TelemetryClient(channel).JoinAsync(request, cancellationToken: token),
            cancellationToken);
    }
}
