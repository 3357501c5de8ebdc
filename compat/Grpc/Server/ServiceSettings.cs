using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>The settings of a service from the host's options.</summary>
internal sealed class ServiceSettings<TService>(
    IOptions<GrpcServiceOptions> all, IOptions<GrpcServiceOptions<TService>> own, ILoggerFactory loggers)
    where TService : class
{
    public ServerSettings Value { get; } = new(all.Value, own.Value, loggers.CreateLogger<TService>());
}
