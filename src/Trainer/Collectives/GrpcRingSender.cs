using System.Buffers;
using Google.Protobuf;
using Granary.V1;
using Grpc.Core;

namespace Granary.Trainer.Collectives;

/// <summary>The sending end of the gRPC lane: one stream to the right neighbour, fed by a bounded queue.</summary>
internal sealed class GrpcRingSender : IRingSender
{
    private static readonly TimeSpan StatusDeadline = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeaveDeadline = TimeSpan.FromSeconds(5);

    private readonly AsyncDuplexStreamingCall<RingMessage, RingMessage> _call;
    private readonly RingNeighbour _right;
    private readonly RingHealth _health;
    private readonly LaneQueue<Parcel> _parcels;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _pump;
    private readonly Task _watch;
    private int _left;

    /// <summary>Takes over a stream whose hello was acknowledged.</summary>
    /// <param name="call">The stream.</param>
    /// <param name="right">Whom it leads to.</param>
    /// <param name="health">Told when the stream breaks.</param>
    /// <param name="window">Chunks that wait at most.</param>
    public GrpcRingSender(AsyncDuplexStreamingCall<RingMessage, RingMessage> call, RingNeighbour right, RingHealth health, int window)
    {
        (_call, _right, _health) = (call, right, health);
        _parcels = new LaneQueue<Parcel>(window, health);
        _watch = WatchAsync();
        _pump = PumpAsync();
    }

    /// <inheritdoc/>
    public ValueTask SendAsync(ChunkPosition position, ReadOnlySpan<byte> data, TimeSpan patience, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(data.Length);
        data.CopyTo(buffer);
        return QueueAsync(new Parcel(position, buffer, data.Length), patience, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _left, 1) != 0) return;
        // A ring that holds is left in order: what was sent arrives before the stream ends.
        if (_health.Reason is null) await LeaveAsync();
        await _health.Told;
        await _stop.CancelAsync();
        _call.Dispose();
        await Task.WhenAll(_pump, _watch);
        _stop.Dispose();
    }

    private async Task LeaveAsync()
    {
        try
        {
            await QueueAsync(default, LeaveDeadline, CancellationToken.None);
            await Task.WhenAll(_pump, _watch).WaitAsync(LeaveDeadline);
        }
        catch (Exception e) when (e is TimeoutException or CollectiveException)
        {
            // The neighbour does not take the rest; it is left all the same.
        }
    }

    private async ValueTask QueueAsync(Parcel parcel, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (await _parcels.PutAsync(parcel, patience, cancellationToken)) return;
        throw _health.Failed($"{_right} took nothing for {patience.TotalSeconds} s: it is stuck or unreachable.");
    }

    private async Task PumpAsync()
    {
        try
        {
            while (await _parcels.TakeAsync(Timeout.InfiniteTimeSpan, _stop.Token) is { Item: { Buffer: { } buffer } parcel })
            {
                await _call.RequestStream.WriteAsync(parcel.ToMessage(), _stop.Token);
                // The message is serialized by now; the buffer is free for the next chunk.
                ArrayPool<byte>.Shared.Return(buffer);
            }

            await _call.RequestStream.CompleteAsync();
        }
        catch (Exception e) when (e is not CollectiveException)
        {
            // The neighbour's answer says more than a failed write.
            await Task.WhenAny(_watch, Task.Delay(StatusDeadline));
            if (!_stop.IsCancellationRequested) _health.Fail($"{_right} is gone: the stream to it broke ({Describe(e)}).");
        }
        catch (CollectiveException)
        {
            // The ring broke elsewhere; nothing more is sent.
        }
    }

    // After the hello the neighbour says nothing; it ends the stream when it leaves in order, and breaks it otherwise.
    private async Task WatchAsync()
    {
        try
        {
            while (await _call.ResponseStream.MoveNext(_stop.Token))
            {
            }
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Aborted)
        {
            // Its ring is broken, and this is why.
            _health.FailFromPeer(e.Status.Detail);
        }
        catch (Exception e)
        {
            if (!_stop.IsCancellationRequested) _health.Fail($"{_right} is gone: its stream ended ({Describe(e)}).");
        }
    }

    private static string Describe(Exception e) => e is RpcException rpc ? $"{rpc.StatusCode}: {rpc.Status.Detail}" : e.Message;

    private readonly record struct Parcel(ChunkPosition Position, byte[]? Buffer, int Length)
    {
        public RingMessage ToMessage() => new()
        {
            Chunk = new TensorChunk
            {
                Collective = Position.Collective,
                Step = Position.Step,
                Offset = Position.Offset,
                Data = UnsafeByteOperations.UnsafeWrap(Buffer.AsMemory(0, Length)),
            },
        };
    }
}
