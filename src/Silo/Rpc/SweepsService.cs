using System.Text;
using Granary.Catalog;
using Granary.Pools;
using Granary.Silo.Metrics;
using Granary.Silo.Watching;
using Granary.Silo.Wire;
using Granary.Sweeps;
using Grpc.Core;

namespace Granary.Silo.Rpc;

/// <summary>Submit, watch and steer sweeps.</summary>
internal sealed class SweepsService(
    RpcCalls calls, IGrainFactory grains, SweepLookup lookup, MetricStore store, MetricHub hub, WatchPlaces places, TimeProvider time)
    : V1.Sweeps.SweepsBase
{
    private const int MaxFileBytes = 1 << 20;
    private const int MostListed = 1_000;

    public override Task<V1.SubmitReply> Submit(V1.SubmitRequest request, ServerCallContext context) =>
        calls.AnswerAsync(context, async ct =>
        {
            int bytes = Encoding.UTF8.GetByteCount(request.File);
            if (bytes > MaxFileBytes) throw RpcFaults.Invalid($"The sweep file has {bytes} bytes; at most {MaxFileBytes} are read.");
            string name = request.FileName.Length == 0 ? "sweep file" : request.FileName;
            var submission = new SweepSubmission(request.File, name, request.Fresh);
            SubmissionReceipt receipt = await lookup.Catalog.SubmitAsync(submission, ct);
            return new V1.SubmitReply { Sweep = receipt.Sweep.Value, Continued = receipt.Continued };
        });

    public override Task<V1.Sweep> Get(V1.SweepRequest request, ServerCallContext context) =>
        calls.AnswerAsync(context, async ct => await LookAsync(await lookup.FindAsync(request.Sweep, ct), ct));

    public override Task<V1.ListSweepsReply> List(V1.ListSweepsRequest request, ServerCallContext context) =>
        calls.AnswerAsync(context, async ct =>
        {
            int limit = Requests.Bounded(request.Limit, "limit", MostListed, unset: 100);
            var reply = new V1.ListSweepsReply();
            reply.Sweeps.Add((await lookup.Catalog.ListAsync(limit, ct)).Select(SweepMapping.ToProto));
            return reply;
        });

    public override Task Watch(V1.WatchRequest request, IServerStreamWriter<V1.SweepEvent> responseStream, ServerCallContext context) =>
        calls.StreamAsync(context, async ct =>
        {
            using IDisposable place = places.Take();
            SweepId sweep = await lookup.FindAsync(request.Sweep, ct);
            await new SweepWatch(grains, sweep, responseStream, time).RunAsync(request.Metrics ? hub : null, ct);
        });

    public override Task<V1.Sweep> Pause(V1.SweepRequest request, ServerCallContext context) =>
        SteerAsync(request, context, (sweep, ct) => sweep.PauseAsync(ct));

    public override Task<V1.Sweep> Resume(V1.SweepRequest request, ServerCallContext context) =>
        SteerAsync(request, context, (sweep, ct) => sweep.ResumeAsync(ct));

    public override Task<V1.Sweep> Stop(V1.SweepRequest request, ServerCallContext context) =>
        SteerAsync(request, context, (sweep, ct) => sweep.StopAsync("stopped by request", ct));

    public override Task<V1.CurvesReply> Curves(V1.CurvesRequest request, ServerCallContext context) =>
        calls.AnswerAsync(context, async ct =>
        {
            TrialId trial = Requests.Trial(request.Trial);
            int points = Math.Max(2, Requests.Bounded(request.Points, "points", 10_000, unset: 1_000));
            await lookup.TrialAsync(trial, ct);
            var reply = new V1.CurvesReply();
            reply.Steps.Add(await store.ReadAsync(trial, points, request.Layers, ct));
            return reply;
        });

    public override Task<V1.LayerHistoryReply> LayerHistory(V1.LayerHistoryRequest request, ServerCallContext context) =>
        calls.AnswerAsync(context, async ct =>
        {
            TrialId trial = Requests.Trial(request.Trial);
            string layer = Requests.Name(request.Layer, "layer");
            int points = Math.Max(2, Requests.Bounded(request.Points, "points", 1_000, unset: 500));
            await lookup.TrialAsync(trial, ct);
            var reply = new V1.LayerHistoryReply();
            reply.Steps.Add(await store.ReadLayerAsync(trial, layer, points, request.AfterStep, ct));
            if (reply.Steps.Count == 0 && await store.LayersAsync(trial, ct) is var known && !known.Contains(layer))
                throw RpcFaults.NotFound($"Trial '{trial}' has no statistics of a layer '{layer}'{Names.Hint(layer, known)}.");
            return reply;
        });

    public override Task<V1.DevicesReply> Devices(V1.DevicesRequest request, ServerCallContext context) =>
        calls.AnswerAsync(context, async ct =>
        {
            IReadOnlyList<string> pools = await lookup.Catalog.ListPoolsAsync(ct);
            if (request.Pool.Length > 0)
            {
                if (!pools.Contains(request.Pool))
                    throw RpcFaults.NotFound($"There is no pool '{request.Pool}'{Names.Hint(request.Pool, pools)}.");
                pools = [request.Pool];
            }

            var reply = new V1.DevicesReply();
            foreach (string pool in pools)
            {
                PoolSnapshot snapshot = await grains.GetGrain<IPoolGrain>(pool).GetAsync(ct);
                reply.Devices.Add(snapshot.Devices.Select(device => DeviceMapping.ToProto(pool, device)));
                reply.QueuedGangs += snapshot.Queue.Count;
            }

            return reply;
        });

    private Task<V1.Sweep> SteerAsync(
        V1.SweepRequest request, ServerCallContext context, Func<ISweepGrain, CancellationToken, Task> steer) =>
        calls.AnswerAsync(context, async ct =>
        {
            SweepId sweep = await lookup.FindAsync(request.Sweep, ct);
            await steer(grains.GetGrain<ISweepGrain>(sweep.Value), ct);
            return await LookAsync(sweep, ct);
        });

    private async Task<V1.Sweep> LookAsync(SweepId sweep, CancellationToken cancellationToken) =>
        await grains.GetGrain<ISweepGrain>(sweep.Value).GetAsync(cancellationToken) is { } snapshot
            ? SweepMapping.ToProto(snapshot)
            : throw RpcFaults.NotFound($"Sweep '{sweep}' is listed but holds nothing: its submission did not end.");
}
