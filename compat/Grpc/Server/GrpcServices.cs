using Microsoft.AspNetCore.Routing;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Shows that the gRPC server was added, and remembers what was mapped once for all services.</summary>
internal sealed class GrpcServices
{
    private readonly HashSet<string> _fallbacks = [];

    /// <summary>Claims a fallback; false when it was mapped before.</summary>
    public bool TryClaimFallback(IEndpointRouteBuilder endpoints, string pattern)
    {
        lock (_fallbacks)
        {
            return _fallbacks.Add($"{System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(endpoints.DataSources)}{pattern}");
        }
    }
}
