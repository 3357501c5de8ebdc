using Granary.Silo.Artifacts;
using Granary.Silo.Hosting;
using Granary.Silo.Metrics;
using Granary.Silo.Wire;
using Granary.Trials;
using Grpc.Core;

namespace Granary.Silo.Rpc;

/// <summary>What workers tell: where they listen, what they measure, what their epochs gave.</summary>
internal sealed class TelemetryService(
    RpcCalls calls, IGrainFactory grains, SweepLookup lookup, MetricStore store, MetricHub hub, ArtifactStore artifacts,
    SiloOptions options, TimeProvider time) : V1.Telemetry.TelemetryBase
{
    private const int MostLostCharacters = 1_000;

    // A worker that steps rarely sends rarely; one that is gone is found by the connection's pings.
    private static readonly TimeSpan Silence = TimeSpan.FromHours(1);

    public override Task<V1.JoinReply> Join(V1.JoinRequest request, ServerCallContext context) => calls.StreamAsync(context, async ct =>
    {
        RankId rank = Requests.Rank(request.Id);
        if (request.Ring < 0) throw RpcFaults.Invalid($"Ring {request.Ring} of {rank}: the rings of an attempt count from 0.");
        if (request.Lost.Length > MostLostCharacters)
            throw RpcFaults.Invalid($"'lost' has {request.Lost.Length} characters; expected {MostLostCharacters} at most.");
        var arrival = new RankArrival(rank, Requests.Name(request.Endpoint, "endpoint", most: 300), request.Ring, request.Lost);
        TimeSpan limit = Shorter(TimeSpan.FromSeconds(options.JoinSeconds), context.Deadline);
        GangMembers gang = await new GangMeeting(TrialOf(rank), time).JoinAsync(arrival, limit, ct);
        // Of a later ring than the caller listens for it learns the number alone.
        return gang.Ring > request.Ring
            ? new V1.JoinReply { Ring = gang.Ring }
            : new V1.JoinReply { Endpoints = { gang.Endpoints.OfType<string>() }, Nodes = { gang.Nodes }, Ring = gang.Ring };
    });

    public override Task<V1.MetricSummary> Stream(IAsyncStreamReader<V1.MetricBatch> requestStream, ServerCallContext context) =>
        calls.StreamAsync(context, async ct =>
        {
            var fence = new AttemptFence(lookup, time);
            var summary = new V1.MetricSummary();
            while (await Incoming.NextAsync(requestStream, context, Silence, ct) is { } message)
            {
                MetricBatch batch = MetricMapping.FromProto(message);
                await fence.CheckAsync(batch.Attempt, ct);
                await store.PostAsync(batch, ct);
                hub.Publish(batch);
                summary.Steps += batch.Steps.Count;
            }

            await store.FlushAsync(ct);
            return summary;
        });

    public override Task<V1.EpochDirective> ReportEpoch(V1.EpochReport request, ServerCallContext context) =>
        calls.AnswerAsync(context, async ct =>
        {
            RankId rank = FirstRank(request.Id);
            var result = new EpochResult(request.Epoch, request.Step, MetricMapping.Metrics(request.Metrics), HealthMapping.FromProto(request.Health));
            var report = new EpochReport(rank.Attempt, result, CheckpointMapping.FromProto(request.Checkpoint, artifacts), request.Last);
            EpochDirective directive = await TrialOf(rank).ReportEpochAsync(report, ct);
            return new V1.EpochDirective { Action = (V1.EpochDirective.Types.Action)directive.Action, Reason = directive.Reason };
        });

    public override Task<V1.CheckpointReceipt> ReportCheckpoint(V1.CheckpointReport request, ServerCallContext context) =>
        calls.AnswerAsync(context, async ct =>
        {
            RankId rank = FirstRank(request.Id);
            await TrialOf(rank).ReportCheckpointAsync(rank.Attempt, CheckpointMapping.FromProto(request.Checkpoint, artifacts), ct);
            return new V1.CheckpointReceipt();
        });

    private ITrialGrain TrialOf(RankId rank) => grains.GetGrain<ITrialGrain>(rank.Attempt.Trial.ToString());

    private static RankId FirstRank(V1.RankId? id)
    {
        RankId rank = Requests.Rank(id);
        return rank.Rank == 0 ? rank : throw RpcFaults.Invalid($"{rank} reports; only rank 0 speaks for its gang.");
    }

    // Answers a little before the caller's own deadline: afterwards nobody would hear who was missing.
    private TimeSpan Shorter(TimeSpan limit, DateTime deadline)
    {
        if (deadline == DateTime.MaxValue) return limit;
        TimeSpan left = deadline.ToUniversalTime() - time.GetUtcNow().UtcDateTime;
        TimeSpan margin = TimeSpan.FromSeconds(Math.Min(1, left.TotalSeconds / 10));
        return left - margin < limit ? left - margin : limit;
    }
}
