using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>What a client is made of.</summary>
internal sealed record ClientServices(
    IServiceProvider Provider,
    ILoggerFactory LoggerFactory,
    TimeProvider Clock,
    IOptions<ClusterOptions> Cluster,
    IOptions<ConnectionOptions> Connections,
    IOptions<ClientMessagingOptions> Messaging,
    IOptions<StaticGatewayListProviderOptions> Static,
    IClientConnectionRetryFilter? RetryFilter)
{
    /// <summary>Where gateways are.</summary>
    public IReadOnlyList<IPEndPoint> Gateways { get; } = [.. Static.Value.Gateways.Select(static u => new IPEndPoint(IPAddress.Parse(u.Host), u.Port))];
}
