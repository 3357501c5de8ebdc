using System.Buffers;
using Google.Protobuf;
using Granary.V1;

namespace Granary.Trainer.Collectives;

/// <summary>The sending end of the gRPC lane: one stream to another rank, fed by a bounded queue.</summary>
internal sealed class GrpcLaneSender : ILaneSender
{
    private static readonly TimeSpan StatusDeadline = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeaveDeadline = TimeSpan.FromSeconds(5);

    private readonly OutgoingLink _link;
    private readonly RingHealth _health;
    private readonly LaneQueue<Parcel> _parcels;
    private readonly Task _pump;
    private byte[] _reserved = [];
    private int _bytes;

    /// <summary>Sends over a link.</summary>
    /// <param name="link">The stream; given back with the lane.</param>
    /// <param name="health">Told when the stream breaks.</param>
    /// <param name="slots">Chunks that wait at most.</param>
    public GrpcLaneSender(OutgoingLink link, RingHealth health, int slots)
    {
        (_link, _health) = (link, health);
        _parcels = new LaneQueue<Parcel>(slots, health);
        _pump = PumpAsync();
    }

    /// <inheritdoc/>
    public Span<byte> Reserve(int bytes, LaneWait wait)
    {
        if (!_parcels.WaitForRoom(wait))
        {
            throw _health.Failed($"{_link.To} took nothing for {wait.Patience.TotalSeconds} s: it is stuck.");
        }

        _bytes = bytes;
        _reserved = ArrayPool<byte>.Shared.Rent(bytes);
        return _reserved.AsSpan(0, bytes);
    }

    /// <inheritdoc/>
    public void Commit(ChunkPosition position) => _parcels.Add(new Parcel(position, _reserved, _bytes));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A ring that holds is left in order: what was sent arrives before the stream ends.
        if (_health.Reason is null) await LeaveAsync();
        await _link.DisposeAsync();
        await _pump;
        _parcels.Dispose();
    }

    private async Task LeaveAsync()
    {
        try
        {
            _parcels.Add(default);
            await Task.WhenAll(_pump, _link.Ended).WaitAsync(LeaveDeadline);
        }
        catch (TimeoutException)
        {
            // The other rank does not take the rest; it is left all the same.
        }
    }

    private async Task PumpAsync()
    {
        try
        {
            while (await _parcels.TakeAsync(_link.Stopped) is { Buffer: { } buffer } parcel)
            {
                await _link.Chunks.WriteAsync(parcel.ToMessage(), _link.Stopped);
                // The message is serialized by now; the buffer is free for the next chunk.
                ArrayPool<byte>.Shared.Return(buffer);
                _parcels.Free();
            }

            await _link.Chunks.CompleteAsync();
        }
        catch (CollectiveException)
        {
            // The ring broke elsewhere; nothing more is sent.
        }
        catch (Exception e)
        {
            // The other rank's answer says more than a failed write.
            await Task.WhenAny(_link.Ended, Task.Delay(StatusDeadline));
            if (!_link.Stopped.IsCancellationRequested)
            {
                _health.Fail($"{_link.To} is gone: the stream to it broke ({OutgoingLink.Describe(e)}).");
            }
        }
    }

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
