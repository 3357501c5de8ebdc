using Granary.Specs;
using Granary.Trainer.Collectives;
using Granary.Trainer.Learning;
using Granary.Trainer.Link;
using Granary.Trainer.Parallel;
using Granary.Trainer.Runs;
using Granary.V1;
using Grpc.Core;

namespace Granary.Trainer.Worker;

/// <summary>
/// A rank among its attempt's ranks: how they find each other through the silo, once more after one of them was lost, and the ring that
/// joins them.
/// </summary>
internal sealed class Gang : IAsyncDisposable
{
    private const int MostReason = 1000;

    // What a rank without neighbours says where others say where they listen.
    private const string NoEndpoint = "none";

    private static readonly TimeSpan JoinPatience = TimeSpan.FromMinutes(5);

    private readonly LaunchDocument _launch;
    private readonly ParallelSpec _spec;
    private readonly SiloCalls _calls;
    private readonly RingIdentity? _identity;
    private readonly ElasticRing? _ring;
    private readonly Regrouping? _regrouping;

    private Gang(LaunchDocument launch, ParallelSpec spec, SiloCalls calls, TimeProvider time)
    {
        (_launch, _spec, _calls) = (launch, spec, calls);
        if (launch.WorldSize == 1) return;
        _identity = launch.Certificates is { } files ? RingIdentity.Load(files) : null;
        var member = new RingMember(launch.Trial, launch.Attempt, launch.Rank, launch.WorldSize, launch.Secret) { Ring = launch.Ring };
        _ring = new ElasticRing(member, launch.Address, spec.Ring() with { Identity = _identity }, time);
        _regrouping = new Regrouping(_ring, MeetAsync);
        Callbacks = RankCallbacks.Of(_ring, spec);
    }

    /// <summary>The ring; null for a single rank.</summary>
    public ICollective? Ring => _ring;

    /// <summary>What the training loop sums with.</summary>
    public IReduction Reduction => _ring is null ? SingleProcess.Instance : new RingReduction(_ring);

    /// <summary>What joins the training loop.</summary>
    public IReadOnlyList<Callback> Callbacks { get; } = [];

    /// <summary>Where rank 0 stood when this rank took a lost one's place; null: the attempt begins.</summary>
    public RunState? Entered { get; private set; }

    /// <summary>Whether the ranks go on together after one of them was lost; otherwise that ends them.</summary>
    public bool Regroups => _regrouping is not null && _spec.Reform > 0;

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
        var gang = new Gang(launch, spec, calls, time);
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

    /// <summary>Finds the ranks together again after one was lost, see <see cref="TrainingRunRequest.Regroup"/>.</summary>
    /// <param name="lost">What broke the ring.</param>
    /// <param name="own">Where this rank stands.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StaleAttemptException">The attempt is over.</exception>
    /// <exception cref="RpcException">The ranks did not join in time.</exception>
    /// <exception cref="CollectiveException">The silo knows of no other ring: what broke this one.</exception>
    public async Task<RunState> RegroupAsync(CollectiveException lost, RunState own, CancellationToken cancellationToken)
    {
        Console.WriteLine(lost.Message);
        return Together(await _regrouping!.RegroupAsync(lost, own, cancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_ring is not null) await _ring.DisposeAsync();
        // The hosts of all rings show it.
        _identity?.Dispose();
    }

    private async Task JoinAsync(CancellationToken cancellationToken)
    {
        if (_ring is null)
        {
            await AskAsync(0, NoEndpoint, null, cancellationToken);
            return;
        }

        if (_launch.Ring > 0)
        {
            Entered = Together(await _regrouping!.EnterAsync(cancellationToken));
            return;
        }

        var endpoint = await _ring.ListenAsync(cancellationToken);
        var reply = await AskAsync(0, endpoint, null, cancellationToken);
        // Nothing has been trained: from the checkpoint nothing is lost.
        if (reply.Ring != 0) throw new CollectiveException("A rank was lost before the ranks had begun to train.");
        _ring.Nodes = reply.Nodes;
        await _ring.JoinAsync(reply.Endpoints, cancellationToken);
    }

    private async Task<IReadOnlyList<string>?> MeetAsync(CollectiveException? lost, string endpoint, CancellationToken cancellationToken)
    {
        while (true)
        {
            var reply = await AskAsync(_ring!.Number, endpoint, lost, cancellationToken);
            // A silo that counts no rings.
            if (reply.Ring < _ring.Number) return null;
            if (reply.Ring == _ring.Number)
            {
                _ring.Nodes = reply.Nodes;
                return reply.Endpoints;
            }

            endpoint = await _ring.ListenAsync(reply.Ring, cancellationToken);
        }
    }

    private async Task<JoinReply> AskAsync(int ring, string endpoint, CollectiveException? lost, CancellationToken cancellationToken)
    {
        var reason = lost?.Message ?? "";
        var request = new JoinRequest
        {
            Id = _launch.ToId(),
            Endpoint = endpoint,
            Ring = ring,
            Lost = reason.Length <= MostReason ? reason : reason[..MostReason],
        };
        // The silo may wait for as long as the run allows until a device is free.
        var patience = ring == 0 ? JoinPatience : JoinPatience + TimeSpan.FromSeconds(_spec.Reform);
        return await _calls.CallAsync("to join the other ranks", patience,
            async (channel, token) => await new Telemetry.TelemetryClient(channel).JoinAsync(request, cancellationToken: token),
            cancellationToken);
    }

    private static RunState Together(RunState state)
    {
        Console.WriteLine($"The ranks are together again and go on from step {state.Checkpoint.Position.Step}.");
        return state;
    }
}
