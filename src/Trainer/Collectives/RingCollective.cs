using System.Runtime.InteropServices;

namespace Granary.Trainer.Collectives;

/// <summary>
/// Collectives over a ring: each rank receives from its left neighbour and sends to its right one. Lanes move the bytes; this class
/// holds the schedule, and checks that what arrives is what the schedule expects.
/// </summary>
/// <remarks>
/// A lane takes at least <see cref="RingOptions.Window"/> chunks before it makes the sender wait, and a rank sends at most that many ahead
/// of what it has received. The chunks in flight are then never enough to fill every lane, so the ranks cannot all wait for room.
/// </remarks>
internal sealed class RingCollective(RingMember member, RingLanes lanes, RingHealth health, RingOptions options) : ICollective
{
    private ulong _collective;

    /// <inheritdoc/>
    public int Rank => member.Rank;

    /// <inheritdoc/>
    public int WorldSize => member.WorldSize;

    /// <inheritdoc/>
    public Task SumAsync(Memory<float> values, TimeSpan patience, CancellationToken cancellationToken) =>
        RunAsync<float>(IsSmall(values) ? SumWholeAsync : SumInSegmentsAsync, values, patience, cancellationToken);

    /// <inheritdoc/>
    public Task BroadcastAsync(Memory<byte> bytes, TimeSpan patience, CancellationToken cancellationToken) =>
        RunAsync<byte>(PassOnAsync, bytes, patience, cancellationToken);

    /// <inheritdoc/>
    public Task BarrierAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        RunAsync<float>(SumWholeAsync, new float[1], patience, cancellationToken);

    /// <inheritdoc/>
    public void Abort(string reason) => health.Fail($"Rank {Rank} gave up: {reason}");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await lanes.Right.DisposeAsync();
        await lanes.Left.DisposeAsync();
    }

    private async Task RunAsync<T>(
        Func<Memory<T>, Waiting, Task> body, Memory<T> values, TimeSpan patience, CancellationToken cancellationToken)
    {
        health.ThrowIfBroken();
        try
        {
            await body(values, new Waiting(patience, cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // The others wait for chunks that will not come.
            Abort($"collective {_collective} was cancelled");
            throw;
        }

        _collective++;
    }

    private async Task PassOnAsync(Memory<byte> bytes, Waiting waiting)
    {
        for (var offset = 0; offset < bytes.Length; offset += options.ChunkBytes)
        {
            var chunk = bytes.Slice(offset, Math.Min(options.ChunkBytes, bytes.Length - offset));
            var position = new ChunkPosition(_collective, 0, (ulong)offset);
            if (Rank > 0) (await ReceiveAsync(position, chunk.Length, waiting)).CopyTo(chunk);
            if (member.Right != 0) await SendAsync(position, chunk.Span, waiting);
        }
    }

    // Everybody's values go round whole and are then added in order of rank: half the hops of the segmented ring.
    private async Task SumWholeAsync(Memory<float> values, Waiting waiting)
    {
        var length = values.Length;
        if (length == 0) return;
        var all = new float[WorldSize * length];
        values.CopyTo(all.AsMemory(Rank * length));
        for (var step = 0; step < WorldSize - 1; step++)
        {
            var position = new ChunkPosition(_collective, (uint)step, 0);
            await SendAsync(position, MemoryMarshal.AsBytes(Of(Rank - step)), waiting);
            var data = await ReceiveAsync(position, length * sizeof(float), waiting);
            data.Span.CopyTo(MemoryMarshal.AsBytes(Of(Rank - step - 1)));
        }

        Of(0).CopyTo(values.Span);
        for (var rank = 1; rank < WorldSize; rank++) Summation.Add(values.Span, Of(rank));

        Span<float> Of(int rank) => all.AsSpan(Wrap(rank) * length, length);
    }

    // Reduce-scatter, then all-gather. At step s this rank sends segment (rank - s) and receives segment (rank - s - 1), which it adds
    // during the first N - 1 steps and takes over during the others. What is sent at a step arrived at the step before: chunk i needs chunk
    // i - C.
    private async Task SumInSegmentsAsync(Memory<float> values, Waiting waiting)
    {
        var layout = new RingLayout(values.Length, WorldSize, options.ChunkBytes / sizeof(float));
        var perStep = layout.ChunksPerSegment;
        var total = 2 * (WorldSize - 1) * perStep;
        var sent = 0;
        for (var received = 0; received < total; received++)
        {
            var ready = Math.Min(total, received + Math.Min(options.Window, perStep));
            for (; sent < ready; sent++)
            {
                var (position, chunk) = At(values, layout, sent, behind: 0);
                if (!chunk.IsEmpty) await SendAsync(position, MemoryMarshal.AsBytes(chunk.Span), waiting);
            }

            var (expected, target) = At(values, layout, received, behind: 1);
            if (!target.IsEmpty) Take(await ReceiveAsync(expected, target.Length * sizeof(float), waiting), expected, target.Span);
        }
    }

    private void Take(ReadOnlyMemory<byte> data, ChunkPosition position, Span<float> target)
    {
        if (position.Step < WorldSize - 1) Summation.Add(target, MemoryMarshal.Cast<byte, float>(data.Span));
        else data.Span.CopyTo(MemoryMarshal.AsBytes(target));
    }

    private (ChunkPosition Position, Memory<float> Chunk) At(Memory<float> values, RingLayout layout, int index, int behind)
    {
        var step = index / layout.ChunksPerSegment;
        var (offset, count) = layout.Chunk(Wrap(Rank - step - behind), index % layout.ChunksPerSegment);
        return (new ChunkPosition(_collective, (uint)step, (ulong)offset), values.Slice(offset, count));
    }

    private ValueTask SendAsync(ChunkPosition position, ReadOnlySpan<byte> data, Waiting waiting) =>
        lanes.Right.SendAsync(position, data, waiting.Patience, waiting.Token);

    private async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(ChunkPosition expected, int bytes, Waiting waiting)
    {
        var chunk = await lanes.Left.ReceiveAsync(waiting.Patience, waiting.Token);
        if (chunk.Position == expected && chunk.Data.Length == bytes) return chunk.Data;
        throw health.Failed($"Rank {member.Left} at {lanes.LeftEndpoint} sent {chunk.Position} with {chunk.Data.Length} bytes "
            + $"to rank {Rank}, which expected {expected} with {bytes} bytes: "
            + "the ranks do not run the same program on tensors of the same shape.");
    }

    private bool IsSmall(Memory<float> values) => values.Length * (long)sizeof(float) <= options.SmallBytes;

    private int Wrap(int rank) => ((rank % WorldSize) + WorldSize) % WorldSize;

    private readonly record struct Waiting(TimeSpan Patience, CancellationToken Token);
}
