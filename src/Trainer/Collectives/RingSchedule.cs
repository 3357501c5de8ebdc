using System.Runtime.InteropServices;

namespace Granary.Trainer.Collectives;

/// <summary>
/// Which chunk goes where and when. Large tensors go round the ring (reduce-scatter and all-gather, Patarasuk and Yuan, J. Parallel Distrib.
/// Comput. 69, 2009); small ones are gathered whole in log2(ranks) steps (Bruck et al., IEEE Trans. Parallel Distrib. Syst. 8, 1997) and
/// added in order of rank. Either way each number is summed in an order that depends on its place alone. Used by one thread.
/// </summary>
/// <remarks>
/// A lane takes more than two windows of chunks before it makes the sender wait. A rank sends at most two windows that no received chunk
/// called for; so not all lanes can be full at once, and the ranks cannot all wait for room.
/// </remarks>
internal sealed class RingSchedule(RingMember member, RingLanes lanes, RingHealth health, RingOptions options)
{
    private readonly WireFormat _wire = WireFormat.Of(options.Wire);
    private byte[] _blocks = [];
    private ulong _collective;

    /// <summary>See <see cref="ICollective.AllReduceAsync(Memory{float}, ReduceKind, TimeSpan, CancellationToken)"/>.</summary>
    public void AllReduce(Span<float> values, ReduceKind kind, LaneWait wait)
    {
        var scale = kind == ReduceKind.Average ? 1f / member.WorldSize : 1f;
        if (FitsWhole(values.Length * (long)sizeof(float)))
        {
            var blocks = GatherWhole(MemoryMarshal.AsBytes(values), wait);
            Add(blocks, values, scale);
        }
        else
        {
            Circulate(new ReduceHop(values, _wire, member.WorldSize, scale), values.Length, (2 * member.WorldSize) - 3, wait);
        }

        _collective++;
    }

    /// <summary>See <see cref="ICollective.AllGatherAsync"/>.</summary>
    public void AllGather(ReadOnlySpan<byte> own, Span<byte> all, LaneWait wait)
    {
        own.CopyTo(all[(member.Rank * own.Length)..]);
        Circulate(new GatherHop(all), all.Length, member.WorldSize - 2, wait);
        _collective++;
    }

    /// <summary>See <see cref="ICollective.BroadcastAsync"/>.</summary>
    public void Broadcast(Span<byte> bytes, LaneWait wait)
    {
        for (var offset = 0; offset < bytes.Length; offset += options.ChunkBytes)
        {
            var chunk = bytes.Slice(offset, Math.Min(options.ChunkBytes, bytes.Length - offset));
            var position = new ChunkPosition(_collective, 0, (ulong)offset);
            if (member.Rank > 0)
            {
                Receive(0, position, chunk.Length, wait).CopyTo(chunk);
                lanes.From[0].Release();
            }

            if (member.After(1) != 0) Send(0, position, chunk, wait);
        }

        _collective++;
    }

    /// <summary>See <see cref="ICollective.BarrierAsync"/>.</summary>
    public void Barrier(LaneWait wait)
    {
        Span<byte> nothing = stackalloc byte[sizeof(float)];
        GatherWhole(nothing, wait);
        _collective++;
    }

    // At step s this rank receives segment (rank - s - 1) and passes it on as step s + 1. The next window's first chunks leave before the
    // last step of this one, which calls for nothing to be sent, so the lanes are never idle between windows.
    private void Circulate<T>(T hop, int length, int lastStep, LaneWait wait)
        where T : IRingHop, allows ref struct
    {
        var layout = new RingLayout(length, member.WorldSize, options.ChunkBytes / hop.ElementBytes);
        Begin(hop, layout, 0, wait);
        for (var first = 0; first < layout.ChunksPerSegment; first += options.Window)
        {
            for (var step = 0; step <= lastStep; step++)
            {
                if (step == lastStep) Begin(hop, layout, first + options.Window, wait);
                for (var index = first; index < Math.Min(first + options.Window, layout.ChunksPerSegment); index++)
                {
                    Take(hop, layout, step, lastStep, index, wait);
                }
            }
        }
    }

    private void Begin<T>(T hop, RingLayout layout, int first, LaneWait wait)
        where T : IRingHop, allows ref struct
    {
        for (var index = first; index < Math.Min(first + options.Window, layout.ChunksPerSegment); index++)
        {
            var (offset, count) = layout.Chunk(member.Rank, index);
            if (count == 0) continue;
            hop.Begin(offset, count, lanes.To[0].Reserve(count * hop.ElementBytes, wait));
            lanes.To[0].Commit(new ChunkPosition(_collective, 0, (ulong)offset));
        }
    }

    private void Take<T>(T hop, RingLayout layout, int step, int lastStep, int index, LaneWait wait)
        where T : IRingHop, allows ref struct
    {
        var (offset, count) = layout.Chunk(member.Before((step + 1) % member.WorldSize), index);
        if (count == 0) return;
        var bytes = count * hop.ElementBytes;
        var wire = Receive(0, new ChunkPosition(_collective, (uint)step, (ulong)offset), bytes, wait);
        if (step == lastStep)
        {
            hop.End(offset, count, wire);
        }
        else
        {
            hop.Pass(step, offset, count, wire, lanes.To[0].Reserve(bytes, wait));
            lanes.To[0].Commit(new ChunkPosition(_collective, (uint)step + 1, (ulong)offset));
        }

        lanes.From[0].Release();
    }

    // Block j of the answer is that of the rank j places before this one.
    private ReadOnlySpan<byte> GatherWhole(ReadOnlySpan<byte> own, LaneWait wait)
    {
        var length = own.Length;
        if (length == 0) return [];
        if (_blocks.Length < member.WorldSize * length) _blocks = new byte[member.WorldSize * length];
        own.CopyTo(_blocks);
        for (var (k, have) = (0, 1); have < member.WorldSize; k++, have *= 2)
        {
            var bytes = Math.Min(have, member.WorldSize - have) * length;
            var position = new ChunkPosition(_collective, (uint)k, 0);
            Send(k, position, _blocks.AsSpan(0, bytes), wait);
            Receive(k, position, bytes, wait).CopyTo(_blocks.AsSpan(have * length));
            lanes.From[k].Release();
        }

        return _blocks;
    }

    private void Add(ReadOnlySpan<byte> blocks, Span<float> sum, float scale)
    {
        var all = MemoryMarshal.Cast<byte, float>(blocks);
        Of(all, 0, sum.Length).CopyTo(sum);
        for (var rank = 1; rank < member.WorldSize; rank++)
        {
            var block = Of(all, rank, sum.Length);
            for (var i = 0; i < sum.Length; i++) sum[i] += block[i];
        }

        if (scale != 1)
        {
            for (var i = 0; i < sum.Length; i++) sum[i] *= scale;
        }
    }

    private ReadOnlySpan<float> Of(ReadOnlySpan<float> all, int rank, int length) =>
        all.Slice((member.Rank - rank + member.WorldSize) % member.WorldSize * length, length);

    private void Send(int lane, ChunkPosition position, ReadOnlySpan<byte> data, LaneWait wait)
    {
        data.CopyTo(lanes.To[lane].Reserve(data.Length, wait));
        lanes.To[lane].Commit(position);
    }

    private ReadOnlySpan<byte> Receive(int lane, ChunkPosition expected, int bytes, LaneWait wait)
    {
        var data = lanes.From[lane].Receive(out var position, wait);
        if (position == expected && data.Length == bytes) return data;
        throw health.Failed($"{health.NameOf(member.Before(1 << lane))} sent {position} with {data.Length} bytes to rank {member.Rank}, which expected "
            + $"{expected} with {bytes} bytes: the ranks do not run the same program on tensors of the same shape.");
    }

    private bool FitsWhole(long bytes) => bytes <= options.SmallBytes && bytes * ((member.WorldSize + 1) / 2) <= options.ChunkBytes;
}
