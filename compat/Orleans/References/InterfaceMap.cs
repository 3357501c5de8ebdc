using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;

namespace Orleans.Runtime;

/// <summary>What is known of one grain or observer interface: its name, its methods, and its proxy class.</summary>
internal sealed class InterfaceMap
{
    private static readonly ConcurrentDictionary<Type, InterfaceMap> Maps = new();
    private readonly Lazy<Func<GrainId, InterfaceMap, CallRuntime, GrainReference>> _create;

    private InterfaceMap(Type type)
    {
        Type = type;
        Name = ApplicationParts.NameOf(type);
        InterfaceType = GrainInterfaceType.Create(Name);
        MethodInfos = [.. WithInherited(type).SelectMany(static i => i.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)).Where(static m => m.IsAbstract)];
        Methods = [.. MethodInfos.Select(MethodDescriptor.Of)];
        _create = new(CompileConstructor);
    }

    public Type Type { get; }

    public string Name { get; }

    public GrainInterfaceType InterfaceType { get; }

    /// <summary>All methods, inherited ones too, in the order of <see cref="Methods"/>.</summary>
    public IReadOnlyList<MethodInfo> MethodInfos { get; }

    public MethodDescriptor[] Methods { get; }

    /// <exception cref="ArgumentException">The type is no interface.</exception>
    public static InterfaceMap Of(Type type)
    {
        if (!type.IsInterface)
            throw new ArgumentException($"{type} is no interface: references are made of grain and observer interfaces.", nameof(type));
        return Maps.TryGetValue(type, out var map) ? map : Maps.GetOrAdd(type, static t => new(t));
    }

    public static InterfaceMap Named(string name) =>
        Maps.Values.FirstOrDefault(m => m.Name == name)
        ?? Of(ApplicationParts.Types.FirstOrDefault(t => t.IsInterface && ApplicationParts.NameOf(t) == name) ?? typeof(IAddressable));

    /// <summary>Makes the methods of all interfaces of the application known, so that requests find them.</summary>
    public static void RegisterAll()
    {
        foreach (var type in ApplicationParts.Types.Where(static t => t.IsInterface && !t.IsGenericTypeDefinition && typeof(IAddressable).IsAssignableFrom(t)))
            Of(type);
    }

    public GrainReference CreateReference(GrainId grainId, CallRuntime runtime) => _create.Value(grainId, this, runtime);

    private static IEnumerable<Type> WithInherited(Type type) => type.GetInterfaces().Prepend(type);

    private Func<GrainId, InterfaceMap, CallRuntime, GrainReference> CompileConstructor()
    {
        Type[] parameters = [typeof(GrainId), typeof(InterfaceMap), typeof(CallRuntime)];
        var method = new DynamicMethod("new", typeof(GrainReference), parameters, typeof(InterfaceMap).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Newobj, ProxyEmitter.Emit(this));
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<GrainId, InterfaceMap, CallRuntime, GrainReference>>();
    }
}
