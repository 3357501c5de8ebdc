using System.Collections.Concurrent;
using System.Threading.Channels;
using Granary.V1;
using Grpc.Core;

namespace Granary.Dashboard.Tests.Hosting;

/// <summary>The silo's Sweeps service: a test says which sweeps run and what their streams tell.</summary>
internal sealed class ScriptedSweeps : V1.Sweeps.SweepsBase
{
    private readonly ConcurrentDictionary<string, Channel<SweepEvent>> _running = new();

    /// <summary>The last request for curves.</summary>
    public CurvesRequest? Asked { get; private set; }

    /// <summary>Curves by trial.</summary>
    public ConcurrentDictionary<string, CurvesReply> Measured { get; } = new();

    /// <summary>The last request for a layer's histograms.</summary>
    public LayerHistoryRequest? AskedSpread { get; private set; }

    /// <summary>Histograms by trial and layer.</summary>
    public ConcurrentDictionary<(string Trial, string Layer), LayerHistoryReply> Spreads { get; } = new();

    /// <summary>Streams opened so far, by sweep.</summary>
    public ConcurrentQueue<string> Watched { get; } = new();

    /// <summary>Makes a sweep run; what is written goes to its stream, and completing the writer ends it.</summary>
    public ChannelWriter<SweepEvent> Run(string sweep)
    {
        Channel<SweepEvent> events = Channel.CreateUnbounded<SweepEvent>();
        _running[sweep] = events;
        return events.Writer;
    }

    /// <summary>Ends a sweep: its stream ends and it is no longer listed as running.</summary>
    public void End(string sweep)
    {
        if (_running.TryRemove(sweep, out Channel<SweepEvent>? events))
        {
            events.Writer.Complete();
        }
    }

    public override Task<ListSweepsReply> List(ListSweepsRequest request, ServerCallContext context) => Task.FromResult(new ListSweepsReply
    {
        Sweeps = { _running.Keys.Select(id => new Sweep { Id = id, Name = id, State = SweepState.Running }) },
    });

    public override async Task Watch(WatchRequest request, IServerStreamWriter<SweepEvent> responseStream, ServerCallContext context)
    {
        Watched.Enqueue(request.Sweep);
        if (!_running.TryGetValue(request.Sweep, out Channel<SweepEvent>? events))
        {
            throw new RpcException(new Status(StatusCode.NotFound, $"There is no sweep '{request.Sweep}'."));
        }

        await foreach (SweepEvent change in events.Reader.ReadAllAsync(context.CancellationToken))
        {
            // An empty event stands for a silo that dies.
            if (change.EventCase == SweepEvent.EventOneofCase.None)
            {
                throw new RpcException(new Status(StatusCode.Unavailable, "the silo restarts"));
            }

            await responseStream.WriteAsync(change, context.CancellationToken);
        }
    }

    public override Task<CurvesReply> Curves(CurvesRequest request, ServerCallContext context)
    {
        Asked = request;
        return Measured.TryGetValue(request.Trial, out CurvesReply? reply)
            ? Task.FromResult(reply)
            : throw new RpcException(new Status(StatusCode.NotFound, $"There is no trial '{request.Trial}'."));
    }

    public override Task<LayerHistoryReply> LayerHistory(LayerHistoryRequest request, ServerCallContext context)
    {
        AskedSpread = request;
        return Spreads.TryGetValue((request.Trial, request.Layer), out LayerHistoryReply? reply)
            ? Task.FromResult(reply)
            : throw new RpcException(
                new Status(StatusCode.NotFound, $"Trial '{request.Trial}' has no statistics of a layer '{request.Layer}'."));
    }
}
