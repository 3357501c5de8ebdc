using Grpc.Core;

namespace Grpc.AspNetCore.Server;

/// <summary>Metadata of the endpoint of a gRPC method.</summary>
public sealed class GrpcMethodMetadata
{
    /// <summary>Makes metadata.</summary>
    /// <param name="serviceType">The type that implements the service.</param>
    /// <param name="method">The method.</param>
    public GrpcMethodMetadata(Type serviceType, IMethod method)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        ArgumentNullException.ThrowIfNull(method);
        ServiceType = serviceType;
        Method = method;
    }

    /// <summary>The type that implements the service.</summary>
    public Type ServiceType { get; }

    /// <summary>The method.</summary>
    public IMethod Method { get; }
}
