using Granary.V1;
using Grpc.Core;

namespace Granary.Trainer.Collectives;

/// <summary>
/// The receiving end of the gRPC lane: checks who the left neighbour is, lets it in once, and keeps its chunks until the training thread
/// takes them. A full inbox stops reading, and HTTP/2 flow control then stops the sender.
/// </summary>
internal sealed class RingSeat(RingMember member, RingHealth health, RingOptions options) : IRingReceiver
{
    private readonly LaneQueue<RingChunk> _chunks = new(options.Window, health);
    private readonly TaskCompletionSource _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closing = new();
    private int _taken;
    private volatile bool _spoke;

    /// <summary>This rank.</summary>
    public RingMember Member => member;

    /// <summary>Completes when the left neighbour's stream is open.</summary>
    public Task Attached => _attached.Task;

    /// <summary>Cancelled when this rank leaves in order.</summary>
    public CancellationToken Closing => _closing.Token;

    /// <summary>Lets the left neighbour in.</summary>
    /// <param name="hello">What the caller said first; null: something else.</param>
    /// <exception cref="RpcException">PERMISSION_DENIED: it is not this ring's left neighbour, or that one is here already.</exception>
    public void Admit(RingHello? hello)
    {
        if (hello is null || !member.Admits(hello.Id, hello.Secret)) throw Denied("the caller is no rank of this attempt");
        if (hello.WorldSize != member.WorldSize)
        {
            throw Denied($"the caller counts {hello.WorldSize} ranks, this attempt has {member.WorldSize}");
        }

        if (hello.Id.Rank != member.Left) throw Denied($"rank {hello.Id.Rank} called, only rank {member.Left} sends to rank {member.Rank}");
        if (Interlocked.Exchange(ref _taken, 1) != 0) throw Denied($"rank {member.Left} already has a stream to rank {member.Rank}");
        _attached.TrySetResult();
    }

    /// <summary>Keeps a chunk, waiting for room.</summary>
    /// <param name="message">What the left neighbour sent.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT: it is no chunk, or one of an impossible size; the ring is then broken.</exception>
    public async ValueTask KeepAsync(RingMessage message, CancellationToken cancellationToken)
    {
        if (message.MessageCase != RingMessage.MessageOneofCase.Chunk || message.Chunk.Data.Length is 0 or > RingOptions.MaxChunkBytes)
        {
            var found = message.Chunk is { } chunk ? $"a chunk of {chunk.Data.Length} bytes" : "no chunk";
            health.Fail($"Rank {member.Left} sent {found} to rank {member.Rank}, "
                + $"which expected chunks of 1 to {RingOptions.MaxChunkBytes} bytes.");
            throw new RpcException(new Status(StatusCode.InvalidArgument, health.Reason!));
        }

        _spoke = true;
        var position = new ChunkPosition(message.Chunk.Collective, message.Chunk.Step, message.Chunk.Offset);
        await _chunks.PutAsync(new RingChunk(position, message.Chunk.Data.Memory), Timeout.InfiniteTimeSpan, cancellationToken);
    }

    /// <summary>The left neighbour has sent its last chunk.</summary>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    public async ValueTask EndAsync(CancellationToken cancellationToken) =>
        await _chunks.PutAsync(RingChunk.End, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>
    /// The left neighbour's stream broke. After its first chunk that breaks the ring. Before, the neighbour may only have given up waiting
    /// for the acknowledgement, and then it comes again.
    /// </summary>
    /// <param name="cause">How.</param>
    public void Lost(string cause)
    {
        if (_spoke) Break(cause);
        else _ = BreakUnlessBackAsync(cause);
    }

    /// <inheritdoc/>
    public async ValueTask<RingChunk> ReceiveAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var (came, chunk) = await _chunks.TakeAsync(patience, cancellationToken);
        if (!came)
        {
            throw health.Failed(
                $"Rank {member.Left} sent nothing to rank {member.Rank} for {patience.TotalSeconds} s: it is stuck or unreachable.");
        }

        return chunk.IsEnd ? throw health.Failed($"Rank {member.Left} left the ring while rank {member.Rank} still waited for it.") : chunk;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _closing.CancelAsync();

    private async Task BreakUnlessBackAsync(string cause)
    {
        Volatile.Write(ref _taken, 0);
        await Task.Delay(options.HandshakeDeadline, Closing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Volatile.Read(ref _taken) == 0 && !Closing.IsCancellationRequested) Break(cause);
    }

    private void Break(string cause) => health.Fail($"Rank {member.Left} is gone: its connection to rank {member.Rank} broke ({cause}).");

    private static RpcException Denied(string why) =>
        new(new Status(StatusCode.PermissionDenied, $"Not this ring's left neighbour: {why}."));
}
