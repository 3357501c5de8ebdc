using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Configures a client.</summary>
public static class ClientBuilderExtensions
{
    /// <summary>Adds services.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configureDelegate">Adds them.</param>
    public static IClientBuilder ConfigureServices(this IClientBuilder builder, Action<IServiceCollection> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configureDelegate);
        configureDelegate(builder.Services);
        return builder;
    }

    /// <summary>Sets options.</summary>
    /// <typeparam name="TOptions">Which options.</typeparam>
    /// <param name="builder">The client.</param>
    /// <param name="configureOptions">Sets them.</param>
    public static IClientBuilder Configure<TOptions>(this IClientBuilder builder, Action<TOptions> configureOptions)
        where TOptions : class => builder.ConfigureServices(services => services.Configure(configureOptions));

    /// <summary>Sets options from configuration.</summary>
    /// <typeparam name="TOptions">Which options.</typeparam>
    /// <param name="builder">The client.</param>
    /// <param name="configuration">The section.</param>
    public static IClientBuilder Configure<TOptions>(this IClientBuilder builder, IConfiguration configuration)
        where TOptions : class => builder.ConfigureServices(services => services.Configure<TOptions>(configuration));

    /// <summary>Decides whether to try again when the first connection fails.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="connectionRetryFilter">Answers true to try again; it may wait before.</param>
    public static IClientBuilder UseConnectionRetryFilter(this IClientBuilder builder, Func<Exception, CancellationToken, Task<bool>> connectionRetryFilter) =>
        builder.UseConnectionRetryFilter(new DelegateConnectionRetryFilter(connectionRetryFilter));

    /// <summary>Decides whether to try again when the first connection fails.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="connectionRetryFilter">The filter.</param>
    public static IClientBuilder UseConnectionRetryFilter(this IClientBuilder builder, IClientConnectionRetryFilter connectionRetryFilter) =>
        builder.ConfigureServices(services => services.AddSingleton(connectionRetryFilter));

    /// <summary>Decides whether to try again when the first connection fails.</summary>
    /// <typeparam name="TConnectionRetryFilter">The filter.</typeparam>
    /// <param name="builder">The client.</param>
    public static IClientBuilder UseConnectionRetryFilter<TConnectionRetryFilter>(this IClientBuilder builder)
        where TConnectionRetryFilter : class, IClientConnectionRetryFilter =>
        builder.ConfigureServices(services => services.AddSingleton<IClientConnectionRetryFilter, TConnectionRetryFilter>());

    /// <summary>Connects to a silo on this machine.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="gatewayPort">The gateway's port.</param>
    /// <param name="serviceId">The service's identity.</param>
    /// <param name="clusterId">The cluster's identity.</param>
    public static IClientBuilder UseLocalhostClustering(
        this IClientBuilder builder, int gatewayPort = 30000, string serviceId = "dev", string clusterId = "dev") =>
        builder.UseLocalhostClustering([gatewayPort], serviceId, clusterId);

    /// <summary>Connects to a silo on this machine.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="gatewayPorts">The ports to try.</param>
    /// <param name="serviceId">The service's identity.</param>
    /// <param name="clusterId">The cluster's identity.</param>
    public static IClientBuilder UseLocalhostClustering(
        this IClientBuilder builder, int[] gatewayPorts, string serviceId = "dev", string clusterId = "dev") => builder
        .UseStaticClustering([.. gatewayPorts.Select(static p => new IPEndPoint(IPAddress.Loopback, p))])
        .Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (serviceId, clusterId));

    /// <summary>Connects to one of the given gateways.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="endpoints">The gateways.</param>
    public static IClientBuilder UseStaticClustering(this IClientBuilder builder, params IPEndPoint[] endpoints) =>
        builder.UseStaticClustering(options => options.Gateways = [.. endpoints.Select(static e => new Uri($"gwy.tcp://{e}/0"))]);

    /// <summary>Connects to one of the given gateways.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configureOptions">Sets the gateways.</param>
    public static IClientBuilder UseStaticClustering(this IClientBuilder builder, Action<StaticGatewayListProviderOptions> configureOptions) =>
        builder.Configure(configureOptions);
}
