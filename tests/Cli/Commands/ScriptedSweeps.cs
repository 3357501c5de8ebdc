using System.Collections.Concurrent;
using Granary.V1;
using Grpc.Core;

namespace Granary.Cli.Tests.Commands;

/// <summary>Sweeps that answer what a test has written down.</summary>
internal sealed class ScriptedSweeps : Sweeps.SweepsBase
{
    private int _watches;

    /// <summary>The sweep as every call but Watch knows it.</summary>
    public Sweep Sweep { get; set; } = new();

    /// <summary>What each Watch sends, call by call; after the last event of a script its stream breaks when it says so.</summary>
    public IReadOnlyList<WatchScript> Watches { get; set; } = [];

    /// <summary>Refuses what is submitted with this message.</summary>
    public string? Refusal { get; set; }

    public ConcurrentQueue<SubmitRequest> Submitted { get; } = new();

    public ConcurrentQueue<string> Calls { get; } = new();

    public override Task<SubmitReply> Submit(SubmitRequest request, ServerCallContext context)
    {
        Submitted.Enqueue(request);
        return Refusal is null
            ? Task.FromResult(new SubmitReply { Sweep = Sweep.Id })
            : throw new RpcException(new Status(StatusCode.InvalidArgument, Refusal));
    }

    public override Task<Sweep> Get(SweepRequest request, ServerCallContext context) => Find("get", request);

    public override Task<Sweep> Stop(SweepRequest request, ServerCallContext context) => Find("stop", request);

    public override Task<Sweep> Pause(SweepRequest request, ServerCallContext context) => Find("pause", request);

    public override Task<ListSweepsReply> List(ListSweepsRequest request, ServerCallContext context)
    {
        Calls.Enqueue($"list {request.Limit}");
        return Task.FromResult(new ListSweepsReply { Sweeps = { Sweep } });
    }

    public override async Task Watch(WatchRequest request, IServerStreamWriter<SweepEvent> responseStream, ServerCallContext context)
    {
        Calls.Enqueue($"watch {request.Sweep}");
        WatchScript script = Watches[Math.Min(Interlocked.Increment(ref _watches), Watches.Count) - 1];
        foreach (SweepEvent change in script.Events)
        {
            await responseStream.WriteAsync(change, context.CancellationToken);
        }

        if (script.Breaks)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "the silo restarts"));
        }
    }

    /// <summary>What a trial measured.</summary>
    public CurvesReply Measured { get; set; } = new();

    public override Task<CurvesReply> Curves(CurvesRequest request, ServerCallContext context)
    {
        Calls.Enqueue($"curves {request.Trial}");
        return Task.FromResult(Measured);
    }

    private Task<Sweep> Find(string call, SweepRequest request)
    {
        Calls.Enqueue($"{call} {request.Sweep}");
        return request.Sweep == Sweep.Id || request.Sweep == Sweep.Name
            ? Task.FromResult(Sweep)
            : throw new RpcException(new Status(StatusCode.NotFound, $"There is no sweep '{request.Sweep}'; the nearest is '{Sweep.Id}'."));
    }
}
