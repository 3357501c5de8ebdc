using System.Threading.Channels;
using Granary.V1;
using Grpc.Core;

namespace Granary.Trainer.Agent;

/// <summary>One connection to the silo: hello, welcome, then commands one way and heartbeats, starts and exits the other.</summary>
/// <param name="call">The open stream.</param>
/// <param name="workers">The node's workers.</param>
/// <param name="time">The clock.</param>
internal sealed class FleetSession(AsyncDuplexStreamingCall<AgentMessage, AgentCommand> call, WorkerTable workers, TimeProvider time)
{
    private const int QueuedMessages = 1024;
    private static readonly TimeSpan WelcomeDeadline = TimeSpan.FromSeconds(10);

    // Written messages count as arrived once the stream has outlived the keep-alive that would have ended it.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(30);

    private readonly Channel<AgentMessage> _outbox = Channel.CreateBounded<AgentMessage>(QueuedMessages);

    /// <summary>Introduces the node.</summary>
    /// <param name="hello">The node and its devices; the running workers are filled in.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>How often the silo wants to hear from the node.</returns>
    /// <exception cref="RpcException">The silo is away or refuses the node.</exception>
    public async Task<TimeSpan> AttachAsync(Hello hello, CancellationToken cancellationToken)
    {
        // First the queue, then the snapshot: what ends in between is told twice rather than never.
        workers.Connect(_outbox.Writer);
        hello.Running.Clear();
        hello.Running.AddRange(workers.Running());
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(WelcomeDeadline);
        await call.RequestStream.WriteAsync(new AgentMessage { Hello = hello }, deadline.Token);
        if (!await call.ResponseStream.MoveNext(deadline.Token)
            || call.ResponseStream.Current.Welcome is not { HeartbeatSeconds: > 0 } welcome)
        {
            throw new RpcException(new Status(StatusCode.Internal, "the silo did not begin with a welcome"));
        }

        return TimeSpan.FromSeconds(welcome.HeartbeatSeconds);
    }

    /// <summary>Serves the connection until it ends; returns when the silo ended it in order.</summary>
    /// <param name="heartbeat">How often the silo wants to hear from the node.</param>
    /// <param name="cancellationToken">Ends the connection.</param>
    /// <exception cref="RpcException">The connection broke.</exception>
    public async Task ServeAsync(TimeSpan heartbeat, CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = ReadAsync(ends.Token);
        var writing = WriteAsync(heartbeat, ends.Token);
        var first = await Task.WhenAny(reading, writing);
        // Leaving in order: cancelling now would drop what is still on its way.
        if (writing.IsCompletedSuccessfully) await Task.WhenAny(reading);
        await ends.CancelAsync();
        await Task.WhenAll(reading, writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        while (await call.ResponseStream.MoveNext(cancellationToken))
        {
            var command = call.ResponseStream.Current;
            if (command.StartRank is { Id: not null } start) await workers.StartAsync(start);
            else if (command.StopRank is { Id: not null } stop) workers.Stop(stop);
        }
    }

    private async Task WriteAsync(TimeSpan heartbeat, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(heartbeat, time);
        var tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
        var queued = _outbox.Reader.WaitToReadAsync(cancellationToken).AsTask();
        await SendUnheardAsync(cancellationToken);
        while (true)
        {
            if (await Task.WhenAny(tick, queued) == tick)
            {
                await tick;
                workers.Settle(Settled);
                await call.RequestStream.WriteAsync(new AgentMessage { Heartbeat = new Heartbeat() }, cancellationToken);
                await SendUnheardAsync(cancellationToken);
                tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
            }
            else
            {
                if (!await queued)
                {
                    // The agent ends; the silo has now heard of every exit.
                    await call.RequestStream.CompleteAsync();
                    return;
                }

                while (_outbox.Reader.TryRead(out var message)) await call.RequestStream.WriteAsync(message, cancellationToken);
                queued = _outbox.Reader.WaitToReadAsync(cancellationToken).AsTask();
            }
        }
    }

    private async Task SendUnheardAsync(CancellationToken cancellationToken)
    {
        foreach (var exit in workers.UnheardExits()) await call.RequestStream.WriteAsync(exit, cancellationToken);
    }
}
