using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>What a silo is made of.</summary>
internal sealed record SiloServices(
    IServiceProvider Provider,
    ILoggerFactory LoggerFactory,
    TimeProvider Clock,
    IOptions<ClusterOptions> Cluster,
    IOptions<EndpointOptions> Endpoints,
    IOptions<ConnectionOptions> Connections,
    IOptions<SiloMessagingOptions> Messaging,
    IOptions<GrainCollectionOptions> Collection);
