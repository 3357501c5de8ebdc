using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Granary.Trainer.Collectives;
using Granary.Trainer.Runs;

namespace Granary.Trainer.Parallel;

/// <summary>
/// Brings all ranks of a ring to where rank 0 stands: it alone has the statistics of batch normalisations, the watched layers and the reports.
/// </summary>
internal static class RunStateExchange
{
    private const int Numbers = 2 * sizeof(long);
    private const long Nowhere = -1;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Every rank calls it once, before anything else.</summary>
    /// <param name="ring">The ranks.</param>
    /// <param name="own">Where this rank stands; null on one that has just taken a lost one's place, which rank 0 never is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Where rank 0 stands, the same bits on every rank.</returns>
    /// <exception cref="CollectiveException">A rank is gone.</exception>
    /// <exception cref="InvalidDataException">A rank stands where the ranks of one run cannot stand; every rank throws it.</exception>
    public static async Task<RunState> ShareAsync(ICollective ring, RunState? own, CancellationToken cancellationToken)
    {
        ring.Activity = "the new start";
        var header = ring.Rank == 0 && own is not null ? RunStateHeader.Of(own) : null;
        var json = header?.ToJson() ?? [];
        var place = new byte[Numbers];
        BinaryPrimitives.WriteInt64LittleEndian(place, own?.Checkpoint.Position.Step ?? Nowhere);
        BinaryPrimitives.WriteInt64LittleEndian(place.AsSpan(sizeof(long)), json.Length);
        var places = new byte[Numbers * ring.WorldSize];
        await ring.AllGatherAsync(place, places, Patience, cancellationToken);
        Require(ring, places);
        if (ring.Rank != 0) json = new byte[BinaryPrimitives.ReadInt64LittleEndian(places.AsSpan(sizeof(long)))];
        await ring.BroadcastAsync(json, Patience, cancellationToken);
        header ??= RunStateHeader.FromJson(json);
        var state = ring.Rank == 0 ? own! : header.ToState();
        foreach (var tensor in header.Tensors.Where(tensor => tensor.Bytes > 0))
        {
            var bytes = MemoryMarshal.AsMemory(state.Checkpoint.Tensors[tensor.Name].Data);
            await ring.BroadcastAsync(bytes, Patience, cancellationToken);
        }

        return state;
    }

    // A step ends on all ranks by one sum: those that have it are one step ahead of those that have not.
    private static void Require(ICollective ring, byte[] places)
    {
        var steps = places.Chunk(Numbers).Select(place => BinaryPrimitives.ReadInt64LittleEndian(place)).ToArray();
        for (var rank = 0; rank < steps.Length; rank++)
        {
            if (steps[0] != Nowhere && (steps[rank] == Nowhere || Math.Abs(steps[rank] - steps[0]) <= 1)) continue;
            throw new InvalidDataException($"Rank {rank} stands at step {steps[rank]} and rank 0 at step {steps[0]}: they cannot go on together.");
        }
    }
}
