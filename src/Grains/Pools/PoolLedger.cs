using Granary.Grains.Scheduling;
using Granary.Pools;

namespace Granary.Grains.Pools;

/// <summary>
/// A pool's bookkeeping as pure steps. A device goes from free to a rank of a placed gang, is leased, is given back (<c>Releasing</c>),
/// and is free again only when its device grain has confirmed that: so the plan is stored before a lease is taken, and no lease is
/// taken that is not in the plan.
/// </summary>
internal static class PoolLedger
{
    /// <summary>Gangs that may wait at most.</summary>
    public const int LongestQueue = 10_000;

    /// <summary>Devices that a pool keeps at most, those of lost nodes included.</summary>
    public const int MostSlots = 10_000;

    public static PoolGrainState AddNode(PoolGrainState state, string node, IReadOnlyList<NodeDevice> devices)
    {
        Dictionary<DeviceId, PoolSlot> known = state.Slots.Where(slot => slot.Id.Node == node).ToDictionary(slot => slot.Id);
        var offered = devices.Select(device => new DeviceId(node, device.Local)).ToHashSet();
        IEnumerable<PoolSlot> present = devices.DistinctBy(device => device.Local).Select(device =>
        {
            var id = new DeviceId(node, device.Local);
            return known.TryGetValue(id, out PoolSlot? slot)
                ? slot with { Name = device.Name, Present = true }
                : new PoolSlot(id, device.Name, Present: true, Holder: null, Releasing: false);
        });
        IEnumerable<PoolSlot> withdrawn = known.Values
            .Where(slot => !offered.Contains(slot.Id) && slot.Holder is not null)
            .Select(slot => slot with { Present = false });
        PoolSlot[] slots = Sort(state.Slots.Where(slot => slot.Id.Node != node).Concat(present).Concat(withdrawn));
        if (slots.Length > MostSlots)
            throw new InvalidOperationException($"Node {node} would bring the pool to {slots.Length} devices; {MostSlots} is the most.");
        return slots.SequenceEqual(state.Slots) ? state : Place(state with { Slots = slots });
    }

    // A device that somebody holds stays in the books until its trial has given it back.
    public static PoolGrainState RemoveNode(PoolGrainState state, string node)
    {
        if (!state.Slots.Any(slot => slot.Id.Node == node && slot.Present))
            return state;
        return Place(state with
        {
            Slots = state.Slots
                .Where(slot => slot.Id.Node != node || slot.Holder is not null)
                .Select(slot => slot.Id.Node == node ? slot with { Present = false } : slot)
                .ToArray(),
        });
    }

    public static PoolGrainState Request(PoolGrainState state, GangRequest request)
    {
        if (state.Queue.Any(waiting => waiting.Attempt == request.Attempt) || state.Gangs.Any(gang => gang.Request.Attempt == request.Attempt))
            return state;
        if (request.MinDevices < 1 || request.MaxDevices < request.MinDevices)
            throw new ArgumentException($"{request.Attempt} asks for {request.MinDevices} to {request.MaxDevices} devices; at least 1, and the most not below the least.");
        if (state.Queue.Count >= LongestQueue)
            throw new InvalidOperationException($"The pool's queue is full ({LongestQueue} gangs); {request.Attempt} must ask again later.");
        return Place(state with { Queue = state.Queue.Append(request).ToArray() });
    }

    public static PoolGrainState Release(PoolGrainState state, AttemptId attempt)
    {
        bool waits = state.Queue.Any(waiting => waiting.Attempt == attempt);
        bool holds = state.Slots.Any(slot => slot.Holder?.Attempt == attempt && !slot.Releasing);
        if (!waits && !holds && state.Gangs.All(gang => gang.Request.Attempt != attempt))
            return state;
        return Place(state with
        {
            Queue = waits ? state.Queue.Where(waiting => waiting.Attempt != attempt).ToArray() : state.Queue,
            Slots = state.Slots.Select(slot => slot.Holder?.Attempt == attempt ? slot with { Releasing = true } : slot).ToArray(),
            Gangs = state.Gangs.Where(gang => gang.Request.Attempt != attempt).ToArray(),
            Replacements = state.Replacements.Where(replacement => replacement.Rank.Attempt != attempt).ToArray(),
        });
    }

    /// <summary>A worker that takes a lost one's place wants a device; one whose gang has none any more gets none.</summary>
    public static PoolGrainState Replace(PoolGrainState state, RankId rank)
    {
        bool known = state.Replacements.Any(replacement => replacement.Rank == rank) || state.Slots.Any(slot => slot.Holder == rank);
        if (known || state.Gangs.All(gang => gang.Request.Attempt != rank.Attempt))
            return state;
        var waiting = new PoolReplacement(rank, null, GangProgress.Leasing);
        return Place(state with { Replacements = state.Replacements.Append(waiting).ToArray() });
    }

    public static PoolGrainState ReleaseRank(PoolGrainState given, RankId rank)
    {
        PoolGrainState state = given.Replacements.Any(replacement => replacement.Rank == rank) ? Served(given, rank) : given;
        if (!state.Slots.Any(slot => slot.Holder == rank && !slot.Releasing))
            return state;
        PoolSlot[] slots = state.Slots.Select(slot => slot.Holder == rank ? slot with { Releasing = true } : slot).ToArray();
        bool others = slots.Any(slot => slot.Holder?.Attempt == rank.Attempt && !slot.Releasing);
        return state with
        {
            Slots = slots,
            Gangs = others ? state.Gangs : state.Gangs.Where(gang => gang.Request.Attempt != rank.Attempt).ToArray(),
            Replacements = others
                ? state.Replacements
                : state.Replacements.Where(replacement => replacement.Rank.Attempt != rank.Attempt).ToArray(),
        };
    }

    /// <summary>A device grain has confirmed that <paramref name="holder"/> no longer leases it.</summary>
    public static PoolGrainState Freed(PoolGrainState state, DeviceId device, RankId holder) => Place(state with
    {
        Slots = state.Slots
            .Where(slot => slot.Present || slot.Id != device || slot.Holder != holder)
            .Select(slot => slot.Id == device && slot.Holder == holder && slot.Releasing ? slot with { Holder = null, Releasing = false } : slot)
            .ToArray(),
    });

    public static PoolGrainState Advance(PoolGrainState state, AttemptId attempt, GangProgress progress) => state with
    {
        Gangs = state.Gangs.Select(gang => gang.Request.Attempt == attempt ? gang with { Progress = progress } : gang).ToArray(),
    };

    /// <summary>A replacement's device is leased; its trial is to be told.</summary>
    public static PoolGrainState Leased(PoolGrainState state, RankId rank) => state with
    {
        Replacements = state.Replacements
            .Select(replacement => replacement.Rank == rank ? replacement with { Progress = GangProgress.Telling } : replacement)
            .ToArray(),
    };

    /// <summary>A replacement's trial knows, or wants no more of it.</summary>
    public static PoolGrainState Served(PoolGrainState state, RankId rank) => state with
    {
        Replacements = state.Replacements.Where(replacement => replacement.Rank != rank).ToArray(),
    };

    /// <summary>
    /// A replacement's device turned out to be leased by somebody whom the books do not name: it belongs to <paramref name="holder"/>, and
    /// another is looked for.
    /// </summary>
    public static PoolGrainState Refused(PoolGrainState state, RankId rank, RankId holder) => Place(state with
    {
        Slots = state.Slots.Select(slot => slot.Holder == rank ? slot with { Holder = holder, Releasing = false } : slot).ToArray(),
        Replacements = state.Replacements
            .Select(replacement => replacement.Rank == rank ? replacement with { Device = null } : replacement)
            .ToArray(),
    });

    /// <summary>
    /// A device turned out to be leased by somebody whom the books do not name: the gang goes back to the head of its queue, what it
    /// has leased is given back, and the device belongs to <paramref name="holder"/> until that is cleared up.
    /// </summary>
    public static PoolGrainState Refused(PoolGrainState state, PoolGang gang, DeviceId device, RankId holder)
    {
        AttemptId attempt = gang.Request.Attempt;
        if (state.Gangs.All(other => other.Request.Attempt != attempt))
            return state;
        return Place(state with
        {
            Queue = state.Queue.Prepend(gang.Request).ToArray(),
            Gangs = state.Gangs.Where(other => other.Request.Attempt != attempt).ToArray(),
            Slots = state.Slots.Select(slot => Reassign(slot, attempt, device, holder)).ToArray(),
        });
    }

    /// <summary>Devices whose holder has no gang in the books and has not been told to give them back.</summary>
    public static IReadOnlyList<PoolSlot> Strangers(PoolGrainState state)
    {
        var gangs = state.Gangs.Select(gang => gang.Request.Attempt).ToHashSet();
        return state.Slots.Where(slot => slot.Holder is RankId holder && !slot.Releasing && !gangs.Contains(holder.Attempt)).ToArray();
    }

    public static PoolGrainState Expel(PoolGrainState state, PoolSlot stranger) => state with
    {
        Slots = state.Slots.Select(slot => slot == stranger ? slot with { Releasing = true } : slot).ToArray(),
    };

    public static PoolSnapshot Snapshot(PoolGrainState state) => new(
        state.Slots.Select(slot => new PoolDevice(slot.Id, slot.Name, slot.Present, slot.Holder)).ToArray(),
        PlacementPolicy.Order(state.Queue));

    private static PoolSlot Reassign(PoolSlot slot, AttemptId attempt, DeviceId device, RankId holder)
    {
        if (slot.Id == device)
            return slot with { Holder = holder, Releasing = false };
        return slot.Holder?.Attempt == attempt ? slot with { Releasing = true } : slot;
    }

    private static PoolGrainState Place(PoolGrainState given)
    {
        PoolGrainState state = Mend(given);
        DeviceId[] free = state.Slots.Where(slot => slot.IsFree).Select(slot => slot.Id).ToArray();
        IReadOnlyList<Placement> placements = PlacementPolicy.Place(free, state.Slots.Count(slot => slot.Present), state.Queue);
        if (placements.Count == 0)
            return state;

        Dictionary<AttemptId, GangRequest> requests = state.Queue.ToDictionary(request => request.Attempt);
        var holders = placements
            .SelectMany(placement => placement.Devices.Select((device, rank) => (device, Rank: new RankId(placement.Attempt, rank))))
            .ToDictionary(pair => pair.device, pair => pair.Rank);
        return state with
        {
            Slots = state.Slots.Select(slot => holders.TryGetValue(slot.Id, out RankId rank) ? slot with { Holder = rank } : slot).ToArray(),
            Queue = state.Queue.Where(request => placements.All(placement => placement.Attempt != request.Attempt)).ToArray(),
            Gangs = state.Gangs
                .Concat(placements.Select(placement => new PoolGang(requests[placement.Attempt], placement, GangProgress.Leasing)))
                .ToArray(),
        };
    }

    // A gang that waits in memory goes before those that have not begun.
    private static PoolGrainState Mend(PoolGrainState state)
    {
        foreach (PoolReplacement waiting in state.Replacements.Where(replacement => replacement.Device is null))
        {
            DeviceId[] free = state.Slots.Where(slot => slot.IsFree).Select(slot => slot.Id).ToArray();
            DeviceId[] others = state.Slots.Where(slot => slot.Holder?.Attempt == waiting.Rank.Attempt).Select(slot => slot.Id).ToArray();
            if (PlacementPolicy.Replace(free, others) is not DeviceId device)
                break;
            state = state with
            {
                Slots = state.Slots.Select(slot => slot.Id == device ? slot with { Holder = waiting.Rank } : slot).ToArray(),
                Replacements = state.Replacements
                    .Select(other => other == waiting ? waiting with { Device = device, Progress = GangProgress.Leasing } : other)
                    .ToArray(),
            };
        }

        return state;
    }

    private static PoolSlot[] Sort(IEnumerable<PoolSlot> slots) => slots
        .OrderBy(slot => slot.Id.Node, StringComparer.Ordinal)
        .ThenBy(slot => slot.Id.Local, StringComparer.Ordinal)
        .ToArray();
}
