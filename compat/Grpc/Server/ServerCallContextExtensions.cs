using Grpc.AspNetCore.Server.Internal;
using Microsoft.AspNetCore.Http;

namespace Grpc.Core;

/// <summary>What ASP.NET Core adds to a call.</summary>
public static class ServerCallContextExtensions
{
    /// <summary>The HTTP request and response of a call.</summary>
    /// <param name="serverCallContext">The call.</param>
    /// <returns>The HTTP context. Do not write to its response.</returns>
    /// <exception cref="InvalidOperationException">The call did not come over ASP.NET Core.</exception>
    public static HttpContext GetHttpContext(this ServerCallContext serverCallContext)
    {
        ArgumentNullException.ThrowIfNull(serverCallContext);
        return serverCallContext is HttpServerCallContext call
            ? call.HttpContext
            : throw new InvalidOperationException($"{serverCallContext.GetType()} has no HTTP context. It did not come over ASP.NET Core.");
    }
}
