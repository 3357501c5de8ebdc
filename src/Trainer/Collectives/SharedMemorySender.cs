using Grpc.Core;

namespace Granary.Trainer.Collectives;

/// <summary>The sending end of a lane between two processes of one host: one writer, one reader, no lock.</summary>
internal sealed class SharedMemorySender : ILaneSender
{
    private static readonly TimeSpan LeaveDeadline = TimeSpan.FromSeconds(5);

    private readonly SharedMemoryRegion _region;
    private readonly RingHealth _health;
    private readonly OutgoingLink _link;
    private uint _written;
    private int _reserved;

    /// <summary>Takes over memory that the receiver has opened.</summary>
    /// <param name="region">The memory.</param>
    /// <param name="link">The stream that tells when that rank is gone; given back with the lane.</param>
    /// <param name="health">Ends a wait.</param>
    public SharedMemorySender(SharedMemoryRegion region, OutgoingLink link, RingHealth health) =>
        (_region, _link, _health) = (region, link, health);

    /// <inheritdoc/>
    public Span<byte> Reserve(int bytes, LaneWait wait)
    {
        var patience = new LanePatience(wait, _health);
        while (true)
        {
            var read = Volatile.Read(ref _region.Read);
            if (_written - read < (uint)_region.Slots) break;
            if (!patience.Sleep(ref _region.Read, read, ref _region.SenderWaits))
            {
                throw _health.Failed($"{_link.To} took nothing for {wait.Patience.TotalSeconds} s: it is stuck.");
            }
        }

        _reserved = bytes;
        return _region.Slot(_written)[..bytes];
    }

    /// <inheritdoc/>
    public void Commit(ChunkPosition position)
    {
        _region.Header(_written) = new SharedMemoryHeader { Position = position, Bytes = _reserved };
        _written++;
        Volatile.Write(ref _region.Written, _written);
        // The flag is read after the count is visible, and the receiver looks again after setting it: one of the two sees the other.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _region.ReceiverWaits) != 0) Futex.Wake(ref _region.Written);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A ring that holds is left in order. What was written stays readable: the receiver has the memory mapped, too.
        if (_health.Reason is null) await LeaveAsync();
        await _link.DisposeAsync();
        _region.Dispose();
    }

    private async Task LeaveAsync()
    {
        try
        {
            await _link.Chunks.CompleteAsync();
            await _link.Ended.WaitAsync(LeaveDeadline);
        }
        catch (Exception e) when (e is TimeoutException or RpcException or InvalidOperationException)
        {
            // The other rank is gone already, or does not answer; it is left all the same.
        }
    }
}
