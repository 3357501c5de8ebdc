using Granary.Pools;

namespace Granary.Grains.Scheduling;

/// <summary>
/// Places gangs on free devices. The greatest priority goes first, within a priority the earliest; a gang gets all of its devices or
/// none. A gang that could be placed on the pool's devices but not on the free ones holds back everything behind it, so that smaller
/// gangs cannot starve it; one that is larger than the whole pool holds back nothing. Ranks land on one node where one fits, on the
/// fullest such node, so that large gaps stay whole. Pure; safe for concurrent use.
/// </summary>
public static class PlacementPolicy
{
    /// <summary>The order in which gangs are served.</summary>
    /// <param name="queue">The gangs that wait, in order of arrival.</param>
    public static IReadOnlyList<GangRequest> Order(IReadOnlyList<GangRequest> queue) =>
        queue.OrderByDescending(request => request.Priority).ToArray();

    /// <summary>Places what can be placed now.</summary>
    /// <param name="free">Devices that nobody holds.</param>
    /// <param name="present">Devices in all, held ones too, whose nodes are connected.</param>
    /// <param name="queue">The gangs that wait, in order of arrival.</param>
    /// <returns>Placements in the order in which they were decided; no device twice.</returns>
    public static IReadOnlyList<Placement> Place(IReadOnlyCollection<DeviceId> free, int present, IReadOnlyList<GangRequest> queue)
    {
        List<List<DeviceId>> nodes = [.. free
            .GroupBy(device => device.Node)
            .OrderBy(node => node.Key, StringComparer.Ordinal)
            .Select(node => node.OrderBy(device => device.Local, DeviceOrder.Instance).ToList())];
        var placements = new List<Placement>();
        foreach (GangRequest request in Order(queue))
        {
            int left = nodes.Sum(node => node.Count);
            if (left == 0)
                break;
            if (request.MinDevices > present)
                continue;
            if (request.MinDevices > left)
                break;
            placements.Add(new Placement(request.Attempt, Take(nodes, Math.Min(left, request.MaxDevices))));
        }

        return placements;
    }

    /// <summary>Finds a device for one rank of a gang that holds others: on the node that has most of them, where one is free.</summary>
    /// <param name="free">Devices that nobody holds.</param>
    /// <param name="others">The gang's other devices.</param>
    /// <returns>null: none is free.</returns>
    public static DeviceId? Replace(IReadOnlyCollection<DeviceId> free, IReadOnlyCollection<DeviceId> others) => free
        .OrderByDescending(device => others.Count(other => other.Node == device.Node))
        .ThenBy(device => device.Node, StringComparer.Ordinal)
        .ThenBy(device => device.Local, DeviceOrder.Instance)
        .Select(device => (DeviceId?)device)
        .FirstOrDefault();

    private static DeviceId[] Take(List<List<DeviceId>> nodes, int count)
    {
        // OrderBy is stable: among equals the first name wins, so that the same pool gives the same placement.
        List<DeviceId>? tightest = nodes.Where(node => node.Count >= count).OrderBy(node => node.Count).FirstOrDefault();
        IEnumerable<List<DeviceId>> order = tightest is not null ? [tightest] : nodes.OrderByDescending(node => node.Count).ToArray();
        var taken = new List<DeviceId>(count);
        foreach (List<DeviceId> node in order)
        {
            int share = Math.Min(node.Count, count - taken.Count);
            taken.AddRange(node.Take(share));
            node.RemoveRange(0, share);
        }

        return taken.ToArray();
    }
}
