namespace Granary.Trainer.Collectives;

/// <summary>The receiving end of a lane between two processes of one host. What the sender wrote is checked before it is used.</summary>
/// <param name="region">The memory; given back with the lane.</param>
/// <param name="from">The sending rank.</param>
/// <param name="rank">This rank.</param>
/// <param name="health">Ends a wait.</param>
internal sealed class SharedMemoryReceiver(SharedMemoryRegion region, int from, int rank, RingHealth health) : ILaneReceiver
{
    private uint _read;
    private volatile bool _left;

    /// <summary>The sender has left in order: what it wrote before is still there, more does not come.</summary>
    public void End() => _left = true;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Receive(out ChunkPosition position, LaneWait wait)
    {
        var patience = new LanePatience(wait, health);
        uint written;
        while ((written = Volatile.Read(ref region.Written)) == _read)
        {
            if (_left && Volatile.Read(ref region.Written) == _read) throw health.Failed($"{health.NameOf(from)} left the ring while rank {rank} still waited for it.");
            if (!patience.Sleep(ref region.Written, written, ref region.ReceiverWaits))
            {
                throw health.Failed($"{health.NameOf(from)} sent nothing to rank {rank} for {wait.Patience.TotalSeconds} s: it is stuck.");
            }
        }

        var header = region.Header(_read);
        if (written - _read > (uint)region.Slots || header.Bytes < 1 || header.Bytes > region.SlotBytes)
        {
            throw health.Failed($"{health.NameOf(from)} sent a chunk of {header.Bytes} bytes to rank {rank} ({written - _read} chunks ahead), "
                + $"which expected chunks of 1 to {region.SlotBytes} bytes.");
        }

        position = header.Position;
        return region.Slot(_read)[..header.Bytes];
    }

    /// <inheritdoc/>
    public void Release()
    {
        _read++;
        Volatile.Write(ref region.Read, _read);
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref region.SenderWaits) != 0) Futex.Wake(ref region.Read);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        region.Dispose();
        return ValueTask.CompletedTask;
    }
}
