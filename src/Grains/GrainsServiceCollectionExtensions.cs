using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Granary.Grains;

/// <summary>Registers what the grains need.</summary>
public static class GrainsServiceCollectionExtensions
{
    /// <summary>
    /// Adds the grains' services; <see cref="TimeProvider"/> and <see cref="ISecretSource"/> registered before stay. The silo must
    /// also offer a grain storage named <see cref="GrainStorageNames.Granary"/>.
    /// </summary>
    /// <param name="services">The silo's services.</param>
    public static IServiceCollection AddGranaryGrains(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISecretSource, RandomSecretSource>();
        services.TryAddSingleton<GrainServices>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FleetOptions>, FleetOptionsValidator>());
        services.AddOptions<FleetOptions>().ValidateOnStart();
        return services;
    }
}
