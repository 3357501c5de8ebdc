using Granary.Pools;

namespace Granary.Silo.Wire;

/// <summary>Devices on the wire.</summary>
internal static class DeviceMapping
{
    /// <summary>A device and who holds it.</summary>
    public static V1.Device ToProto(string pool, PoolDevice device)
    {
        var proto = new V1.Device { Id = device.Id.ToString(), Pool = pool, Name = device.Name, Present = device.Present };
        if (device.Holder is { } holder)
        {
            proto.Trial = holder.Attempt.Trial.ToString();
            proto.Attempt = holder.Attempt.Attempt;
            proto.Rank = holder.Rank;
        }

        return proto;
    }
}
