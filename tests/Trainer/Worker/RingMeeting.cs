using System.Collections.Concurrent;
using Granary.Trainer.Tests.Collectives;
using Granary.V1;
using Grpc.Core;

namespace Granary.Trainer.Tests.Worker;

/// <summary>What a silo knows of an attempt's rings: which worker is each rank's, and who has joined the newest ring.</summary>
internal sealed class RingMeeting(int worldSize)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<int, int> _starts = [];
    private readonly SortedDictionary<int, string> _endpoints = [];

    /// <summary>The newest ring.</summary>
    public int Ring { get; private set; }

    /// <summary>Every rank is refused as one of an attempt that is over.</summary>
    public bool Over { get; set; }

    /// <summary>What carries the ranks' traffic with each other; null: they reach each other as they are.</summary>
    public RankNetwork? Network { get; set; }

    /// <summary>Every call.</summary>
    public ConcurrentQueue<JoinRequest> Requests { get; } = [];

    /// <summary>Gives a rank's place to another worker; those before it are refused from now on.</summary>
    public void Replace(int rank, int start)
    {
        lock (_lock) _starts[rank] = start;
    }

    /// <summary>Gives up the newest ring for a next one.</summary>
    public void MoveOn()
    {
        lock (_lock) Begin(Ring + 1);
    }

    /// <summary>A rank joins; null: others are still missing.</summary>
    public JoinReply? Join(JoinRequest request)
    {
        lock (_lock)
        {
            if (Over) throw Refused("attempt 2 has begun");
            if (request.Id.Start != _starts.GetValueOrDefault(request.Id.Rank)) throw Refused("another worker is in this rank's place");
            if (request.Ring < Ring) return new JoinReply { Ring = Ring };
            if (request.Ring > Ring) Begin(request.Ring);
            _endpoints[request.Id.Rank] = request.Endpoint;
            if (_endpoints.Count < worldSize) return null;
            var reply = new JoinReply { Ring = Ring };
            reply.Endpoints.AddRange(Network?.Seen(request.Id.Rank, _endpoints.Values) ?? _endpoints.Values);
            reply.Nodes.AddRange(_endpoints.Keys.Select(rank => $"node-{rank}"));
            return reply;
        }
    }

    /// <summary>Waits until a rank has asked for a ring after another one.</summary>
    /// <returns>What it asked.</returns>
    public async Task<JoinRequest> AskedAsync(int rank, int after)
    {
        using var deadline = new CancellationTokenSource(Soon);
        while (true)
        {
            if (Requests.FirstOrDefault(request => request.Id.Rank == rank && request.Ring > after) is { } asked) return asked;
            await Task.Delay(20, deadline.Token);
        }
    }

    /// <summary>Waits until every rank has joined a ring.</summary>
    public async Task FormedAsync(int ring)
    {
        using var deadline = new CancellationTokenSource(Soon);
        while (!HasFormed(ring)) await Task.Delay(20, deadline.Token);
    }

    private bool HasFormed(int ring)
    {
        lock (_lock) return Ring >= ring && _endpoints.Count == worldSize;
    }

    private void Begin(int ring)
    {
        Ring = ring;
        _endpoints.Clear();
    }

    private static RpcException Refused(string why) => new(new Status(StatusCode.FailedPrecondition, why));
}
