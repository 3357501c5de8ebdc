using System.Collections.Concurrent;

namespace Granary.Trainer.Collectives;

/// <summary>The sending end of the gRPC lane: one stream to another rank, fed by a bounded queue.</summary>
internal sealed class GrpcLaneSender : ILaneSender
{
    private static readonly TimeSpan StatusDeadline = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeaveDeadline = TimeSpan.FromSeconds(5);

    private readonly OutgoingLink _link;
    private readonly RingHealth _health;
    private readonly LaneQueue<RingFrame?> _frames;
    private readonly ConcurrentQueue<RingFrame> _sent = [];
    private readonly Task _pump;
    private RingFrame? _reserved;

    /// <summary>Sends over a link.</summary>
    /// <param name="link">The stream; given back with the lane.</param>
    /// <param name="health">Told when the stream breaks.</param>
    /// <param name="slots">Chunks that wait at most.</param>
    public GrpcLaneSender(OutgoingLink link, RingHealth health, int slots)
    {
        (_link, _health) = (link, health);
        _frames = new LaneQueue<RingFrame?>(slots, health);
        _pump = PumpAsync();
    }

    /// <inheritdoc/>
    public Span<byte> Reserve(int bytes, LaneWait wait)
    {
        if (!_frames.WaitForRoom(wait))
        {
            throw _health.Failed($"{_link.To} took nothing for {wait.Patience.TotalSeconds} s: it is stuck.");
        }

        // Most chunks are full ones: a frame of another length is left to the collector.
        _reserved = _sent.TryDequeue(out var frame) && frame.Data.Length == bytes ? frame : RingFrame.OfData(bytes);
        return _reserved.Data;
    }

    /// <inheritdoc/>
    public void Commit(ChunkPosition position)
    {
        _reserved!.Position = position;
        _frames.Add(_reserved);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A ring that holds is left in order: what was sent arrives before the stream ends.
        if (_health.Reason is null) await LeaveAsync();
        await _link.DisposeAsync();
        await _pump;
        _frames.Dispose();
    }

    private async Task LeaveAsync()
    {
        try
        {
            _frames.Add(null);
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
            while (await _frames.TakeAsync(_link.Stopped) is { } frame)
            {
                await _link.Chunks.WriteAsync(frame, _link.Stopped);
                // The transport has it by now; its memory is free for another chunk.
                _sent.Enqueue(frame);
                _frames.Free();
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
}
