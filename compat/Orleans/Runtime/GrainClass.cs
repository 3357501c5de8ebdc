using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>What is known of one grain class.</summary>
internal sealed class GrainClass
{
    private readonly ObjectFactory _factory;
    private readonly Func<Activation, object>[] _arguments;

    public GrainClass(Type type, GrainCollectionOptions collection)
    {
        Type = type;
        GrainType = GrainType.Create(NameOf(type));
        Interfaces = [.. type.GetInterfaces().Where(IsGrainInterface)];
        MainInterface = Interfaces.FirstOrDefault(i => !Interfaces.Any(other => other != i && i.IsAssignableFrom(other))) ?? typeof(IGrain);
        Reentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        KeepAlive = type.IsDefined(typeof(KeepAliveAttribute), inherit: true);
        CollectionAge = collection.ClassSpecificCollectionAge.GetValueOrDefault(type.FullName ?? "", collection.CollectionAge);
        var parameters = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public)
            .OrderByDescending(static c => c.GetParameters().Length).FirstOrDefault()?.GetParameters() ?? [];
        var given = parameters.Where(IsGiven).ToArray();
        _arguments = [.. given.Select(Provider)];
        _factory = ActivatorUtilities.CreateFactory(type, [.. given.Select(static p => p.ParameterType)]);
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public IReadOnlyList<Type> Interfaces { get; }

    /// <summary>The interface of the references a grain makes of itself.</summary>
    public Type MainInterface { get; }

    public bool Reentrant { get; }

    public bool KeepAlive { get; }

    public TimeSpan CollectionAge { get; }

    public static bool IsGrainClass(Type type) =>
        type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && typeof(IGrainBase).IsAssignableFrom(type);

    public object CreateInstance(Activation activation)
    {
        object[] arguments = new object[_arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
            arguments[i] = _arguments[i](activation);
        return _factory(activation.ActivationServices, arguments);
    }

    public static async ValueTask DisposeInstanceAsync(object? instance)
    {
        if (instance is IAsyncDisposable asyncDisposable)
            await asyncDisposable.DisposeAsync().ConfigureAwait(true);
        else if (instance is IDisposable disposable)
            disposable.Dispose();
    }

    private static bool IsGrainInterface(Type type) =>
        typeof(IAddressable).IsAssignableFrom(type) && type != typeof(IAddressable) && type.Assembly != typeof(IAddressable).Assembly;

    private static bool IsGiven(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(IGrainContext) || parameter.IsDefined(typeof(PersistentStateAttribute));

    private static Func<Activation, object> Provider(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state
            ? PersistentStateFactory.ForParameter(parameter, state)
            : static activation => activation;

    // Upstream's rule: the class name in lower case, without a Grain at its end.
    private static string NameOf(Type type)
    {
        if (type.GetCustomAttribute<GrainTypeAttribute>() is { } given)
            return given.Name;
        string name = type.Name.ToLowerInvariant();
        return name.EndsWith("grain", StringComparison.Ordinal) && name.Length > 5 ? name[..^5] : name;
    }
}
