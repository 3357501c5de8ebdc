using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core;
using Orleans.Providers;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>Makes the states that grains get through their constructors.</summary>
internal static class PersistentStateFactory
{
    public static Func<Activation, object> ForParameter(ParameterInfo parameter, PersistentStateAttribute attribute)
    {
        var type = parameter.ParameterType;
        if (!type.IsConstructedGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new OrleansConfigurationException(
                $"Parameter {parameter.Name} of {parameter.Member.DeclaringType} has [PersistentState]: expected IPersistentState<T>, not {type}.");
        }

        var state = typeof(PersistentState<>).MakeGenericType(type.GetGenericArguments());
        return activation => Activator.CreateInstance(
            state, activation, attribute.StateName, Storage(activation, attribute.StorageName, parameter.Member.DeclaringType!))!;
    }

    public static IStorage<TState> ForGrainOfState<TState>(Activation activation, Type grainClass) =>
        new PersistentState<TState>(activation, grainClass.FullName ?? grainClass.Name, Storage(activation, null, grainClass));

    private static IGrainStorage Storage(Activation activation, string? name, Type grainClass)
    {
        string key = string.IsNullOrEmpty(name) ? ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME : name;
        return activation.Silo.Services.GetKeyedService<IGrainStorage>(key)
            ?? throw new BadProviderConfigException(
                $"Grain class {grainClass} keeps its state in the storage \"{key}\", and there is none: register it in UseOrleans, as AddMemoryGrainStorage does.");
    }
}
