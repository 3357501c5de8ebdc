using Granary.Pools;
using Granary.Silo.Fleet;
using Granary.Silo.Hosting;
using Granary.Silo.Wire;
using Granary.Trials;
using Grpc.Core;

namespace Granary.Silo.Rpc;

/// <summary>One stream per agent: its introduction and heartbeats come in, commands go out.</summary>
internal sealed partial class FleetService(
    RpcCalls calls, IGrainFactory grains, AgentRegistry registry, SiloOptions options, ILogger<FleetService> logger) : V1.Fleet.FleetBase
{
    private const int MostErrorCharacters = 8_192;

    private static readonly TimeSpan HelloLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DetachLimit = TimeSpan.FromSeconds(2);

    public override Task Attach(
        IAsyncStreamReader<V1.AgentMessage> requestStream, IServerStreamWriter<V1.AgentCommand> responseStream,
        ServerCallContext context) =>
        calls.StreamAsync(context, async ct =>
        {
            V1.AgentMessage? first = await Incoming.NextAsync(requestStream, context, HelloLimit, ct);
            if (first?.Hello is not { } hello) throw RpcFaults.Precondition("An agent speaks first, with Hello; this one did not.");
            using var session = new AgentSession(HelloMapping.FromProto(hello));
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct, session.Ended);
            try
            {
                await ServeAsync(session, new AgentCall(requestStream, responseStream, context), ends);
            }
            catch (Exception) when (session.Reason is not null)
            {
                throw session.Reason;
            }
        });

    private async Task ServeAsync(AgentSession session, AgentCall call, CancellationTokenSource ends)
    {
        INodeObserver observer = grains.CreateObjectReference<INodeObserver>(session);
        Task sending = Task.CompletedTask, listening = Task.CompletedTask;
        try
        {
            await session.Send(new V1.AgentCommand { Welcome = new V1.Welcome { HeartbeatSeconds = options.HeartbeatSeconds } });
            await registry.AttachAsync(session, observer, ends.Token);
            LogAttached(session.Hello.Node, session.Hello.Devices.Count, session.Hello.Pool);
            sending = session.SendAllAsync(call.Outgoing, ends.Token);
            listening = ListenAsync(session, call, ends.Token);
            await await Task.WhenAny(listening, sending);
        }
        finally
        {
            await ends.CancelAsync();
            await DetachAsync(session, observer);
            // Both streams belong to the call: nothing may touch them after it has ended.
            await Task.WhenAll(sending, listening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(AgentSession session, AgentCall call, CancellationToken cancellationToken)
    {
        INodeGrain node = grains.GetGrain<INodeGrain>(session.Hello.Node);
        var silence = TimeSpan.FromSeconds(options.LostSeconds);
        while (await Incoming.NextAsync(call.Incoming, call.Context, silence, cancellationToken) is { } message)
        {
            switch (message.MessageCase)
            {
                case V1.AgentMessage.MessageOneofCase.Heartbeat or V1.AgentMessage.MessageOneofCase.RankStarted:
                    if (!await node.HeartbeatAsync(session.Hello.Session, cancellationToken))
                        throw RpcFaults.Aborted($"Node '{session.Hello.Node}' does not know this session. Attach again and say what runs.");
                    break;
                case V1.AgentMessage.MessageOneofCase.RankExited:
                    await node.RankExitedAsync(session.Hello.Session, ExitOf(message.RankExited), cancellationToken);
                    break;
                default:
                    throw RpcFaults.Precondition(
                        $"Agent '{session.Hello.Node}' sent {message.MessageCase} where a heartbeat, a start or an exit was expected.");
            }
        }
    }

    private static RankExit ExitOf(V1.RankExited exited)
    {
        string error = exited.Error.Length <= MostErrorCharacters ? exited.Error : exited.Error[^MostErrorCharacters..];
        return new RankExit(Requests.Rank(exited.Id), exited.ExitCode, error, NodeLost: false);
    }

    private async Task DetachAsync(AgentSession session, INodeObserver observer)
    {
        try
        {
            await registry.DetachAsync(session, CancellationToken.None).WaitAsync(DetachLimit);
        }
        catch (Exception error)
        {
            // The node's grain finds out by itself when no heartbeat comes.
            LogDetachFailed(session.Hello.Node, error);
        }
        finally
        {
            grains.DeleteObjectReference<INodeObserver>(observer);
        }

        LogDetached(session.Hello.Node);
    }

    private sealed record AgentCall(
        IAsyncStreamReader<V1.AgentMessage> Incoming, IServerStreamWriter<V1.AgentCommand> Outgoing, ServerCallContext Context);

    [LoggerMessage(Level = LogLevel.Information, Message = "Node {Node} is there with {Devices} devices for pool {Pool}.")]
    private partial void LogAttached(string node, int devices, string pool);

    [LoggerMessage(Level = LogLevel.Information, Message = "The stream of node {Node} has ended.")]
    private partial void LogDetached(string node);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Node {Node} could not be told that its stream ended; missing heartbeats tell it.")]
    private partial void LogDetachFailed(string node, Exception error);
}
