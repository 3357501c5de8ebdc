using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Orleans.Runtime;

/// <summary>A silo's services; registered once, however often the silo is configured.</summary>
internal sealed class SiloBuilder : ISiloBuilder
{
    public SiloBuilder(IServiceCollection services, IConfiguration configuration)
    {
        Services = services;
        Configuration = configuration;
        if (services.Any(static s => s.ServiceType == typeof(ClusterClient)))
            throw new OrleansConfigurationException("The host has a client already: use UseOrleans or UseOrleansClient, not both. A silo is its own client.");
        if (services.Any(static s => s.ServiceType == typeof(Silo)))
            return;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(static s => ActivatorUtilities.CreateInstance<SiloServices>(s, s));
        services.AddSingleton<Silo>();
        services.AddSingleton<IClusterClient>(static s => s.GetRequiredService<Silo>().Factory);
        services.AddSingleton<IGrainFactory>(static s => s.GetRequiredService<Silo>().Factory);
        services.AddSingleton<IValidateOptions<GrainCollectionOptions>, GrainCollectionOptionsValidator>();
        services.AddHostedService<SiloHost>();
    }

    public IServiceCollection Services { get; }

    public IConfiguration Configuration { get; }
}
