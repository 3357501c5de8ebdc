using Granary.Pools;
using Granary.Silo.Wire;

namespace Granary.Silo.Fleet;

/// <summary>
/// Which stream speaks for which node. An agent that reconnects may find its old stream half open: attaching and detaching of one
/// node take turns, and only the stream that still speaks for the node detaches it. Thread-safe.
/// </summary>
internal sealed class AgentRegistry(IGrainFactory grains)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Node> _nodes = [];

    /// <summary>Agents connected now.</summary>
    public int Connected
    {
        get
        {
            lock (_gate) return _nodes.Values.Count(node => node.Current is not null);
        }
    }

    /// <summary>Lets <paramref name="session"/> speak for its node; the stream that did so before is ended.</summary>
    public Task AttachAsync(AgentSession session, INodeObserver observer, CancellationToken cancellationToken) =>
        TakeTurnAsync(session, async node =>
        {
            node.Current?.End(RpcFaults.Aborted($"Another stream speaks for node '{session.Hello.Node}' now."));
            node.Current = session;
            await GrainOf(session).AttachAsync(session.Hello, observer, cancellationToken);
        });

    /// <summary>Tells that the session's stream has ended, unless another one speaks for the node already.</summary>
    public Task DetachAsync(AgentSession session, CancellationToken cancellationToken) => TakeTurnAsync(session, async node =>
    {
        if (node.Current != session) return;
        node.Current = null;
        await GrainOf(session).DetachAsync(session.Hello.Session, cancellationToken);
    });

    private INodeGrain GrainOf(AgentSession session) => grains.GetGrain<INodeGrain>(session.Hello.Node);

    private async Task TakeTurnAsync(AgentSession session, Func<Node, Task> body)
    {
        Node? node;
        lock (_gate)
        {
            if (!_nodes.TryGetValue(session.Hello.Node, out node)) _nodes.Add(session.Hello.Node, node = new Node());
            node.Waiting++;
        }

        await node.Turn.WaitAsync(CancellationToken.None);
        try
        {
            await body(node);
        }
        finally
        {
            node.Turn.Release();
            lock (_gate)
            {
                if (--node.Waiting == 0 && node.Current is null) _nodes.Remove(session.Hello.Node);
            }
        }
    }

    private sealed class Node
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public AgentSession? Current { get; set; }

        public int Waiting { get; set; }
    }
}
