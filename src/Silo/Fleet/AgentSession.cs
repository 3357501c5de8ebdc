using System.Threading.Channels;
using Granary.Pools;
using Granary.Silo.Wire;
using Grpc.Core;

namespace Granary.Silo.Fleet;

/// <summary>
/// The silo's end of one agent's stream: takes commands from the node's grain and keeps them, in order, until they are sent. When
/// the agent does not read them, the stream ends: the grain sends again what is under way when the agent is back. Thread-safe.
/// </summary>
/// <param name="hello">Who the agent is.</param>
internal sealed class AgentSession(NodeHello hello) : INodeObserver, IDisposable
{
    private const int Capacity = 1_024;

    private readonly Channel<V1.AgentCommand> _outgoing = Channel.CreateBounded<V1.AgentCommand>(Capacity);
    private readonly CancellationTokenSource _ended = new();
    private RpcException? _reason;

    public NodeHello Hello { get; } = hello;

    /// <summary>Is cancelled when the silo ends the stream.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Why the silo ended it; null while it did not.</summary>
    public RpcException? Reason => Volatile.Read(ref _reason);

    public Task StartRankAsync(RankLaunch launch) => Send(CommandMapping.ToProto(launch));

    public Task StopRankAsync(RankStop stop) => Send(CommandMapping.ToProto(stop));

    /// <summary>Queues a command.</summary>
    public Task Send(V1.AgentCommand command)
    {
        string slow = $"Agent '{Hello.Node}' left {Capacity} commands unread. Connect again: what is under way is sent again.";
        if (!_outgoing.Writer.TryWrite(command)) End(RpcFaults.Exhausted(slow));
        return Task.CompletedTask;
    }

    /// <summary>Ends the stream; only the first reason counts.</summary>
    public void End(RpcException reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is not null) return;
        try
        {
            _ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The stream has ended by itself meanwhile.
        }
    }

    /// <summary>Sends commands as they come, until cancelled.</summary>
    public async Task SendAllAsync(IServerStreamWriter<V1.AgentCommand> stream, CancellationToken cancellationToken)
    {
        await foreach (V1.AgentCommand command in _outgoing.Reader.ReadAllAsync(cancellationToken))
            await stream.WriteAsync(command, cancellationToken);
    }

    public void Dispose() => _ended.Dispose();
}
