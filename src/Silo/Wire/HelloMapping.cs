using Granary.Pools;
using Grpc.Core;

namespace Granary.Silo.Wire;

/// <summary>An agent's introduction, read from the wire.</summary>
internal static class HelloMapping
{
    private const int MostDevices = 1_024;
    private const int MostWorkers = 4_096;

    /// <summary>Reads it.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: a name is empty, or there are none, too many or two alike devices.</exception>
    public static NodeHello FromProto(V1.Hello hello)
    {
        string node = Requests.Name(hello.Node, "node");
        if (node.Contains('/', StringComparison.Ordinal))
            throw RpcFaults.Invalid($"Node '{node}' has a slash in its name: device ids are node/device.");
        if (hello.Devices.Count is 0 or > MostDevices)
            throw RpcFaults.Invalid($"Node '{node}' offers {hello.Devices.Count} devices; expected 1 to {MostDevices}.");
        if (hello.Running.Count > MostWorkers)
            throw RpcFaults.Invalid($"Node '{node}' runs {hello.Running.Count} workers; expected {MostWorkers} at most.");
        string? twice = hello.Devices.GroupBy(device => device.Id).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null) throw RpcFaults.Invalid($"Node '{node}' offers device '{twice}' twice.");
        // Arrays: what the compiler makes of a collection expression here has no serializer.
        return new NodeHello(
            node,
            Requests.Name(hello.Session, "session"),
            hello.Pool.Length == 0 ? "default" : Requests.Name(hello.Pool, "pool"),
            hello.Devices.Select(FromProto).ToArray(),
            hello.Running.Select(Requests.Rank).ToArray());
    }

    private static NodeDevice FromProto(V1.OfferedDevice device) =>
        new(Requests.Name(device.Id, "device id"), device.Name, device.MemoryBytes);
}
