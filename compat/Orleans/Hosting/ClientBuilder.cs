using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace Orleans.Runtime;

/// <summary>A client's services; registered once, however often the client is configured.</summary>
internal sealed class ClientBuilder : IClientBuilder
{
    public ClientBuilder(IServiceCollection services, IConfiguration configuration)
    {
        Services = services;
        Configuration = configuration;
        if (services.Any(static s => s.ServiceType == typeof(Silo)))
            throw new OrleansConfigurationException("The host has a silo already: use UseOrleans or UseOrleansClient, not both. A silo is its own client.");
        if (services.Any(static s => s.ServiceType == typeof(ClusterClient)))
            return;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(static s => new ClientServices(
            s,
            s.GetRequiredService<Microsoft.Extensions.Logging.ILoggerFactory>(),
            s.GetRequiredService<TimeProvider>(),
            Options<Configuration.ClusterOptions>(s),
            Options<Configuration.ConnectionOptions>(s),
            Options<Configuration.ClientMessagingOptions>(s),
            Options<Configuration.StaticGatewayListProviderOptions>(s),
            s.GetService<IClientConnectionRetryFilter>()));
        services.AddSingleton<ClusterClient>();
        services.AddSingleton<IClusterClient>(static s => s.GetRequiredService<ClusterClient>().Factory);
        services.AddSingleton<IGrainFactory>(static s => s.GetRequiredService<ClusterClient>().Factory);
        services.AddSingleton<IHostedService>(static s => s.GetRequiredService<ClusterClient>());
    }

    public IServiceCollection Services { get; }

    public IConfiguration Configuration { get; }

    private static Microsoft.Extensions.Options.IOptions<T> Options<T>(IServiceProvider services)
        where T : class => services.GetRequiredService<Microsoft.Extensions.Options.IOptions<T>>();
}
