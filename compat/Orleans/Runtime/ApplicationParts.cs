using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>The application's assemblies: those loaded, and those they refer to, that know this library. Found anew when another one is loaded.</summary>
internal static class ApplicationParts
{
    private static readonly Assembly Self = typeof(ApplicationParts).Assembly;
    private static readonly ConcurrentDictionary<Type, string> Names = new();
    private static readonly Lock Gate = new();
    private static IReadOnlyList<Type> _types = [];
    private static Dictionary<string, Type> _byName = [];
    private static int _loadedWhenScanned = -1;

    /// <summary>All types of the application's assemblies and of this one.</summary>
    public static IReadOnlyList<Type> Types
    {
        get
        {
            Scan();
            return _types;
        }
    }

    public static string NameOf(Type type) => Names.GetOrAdd(type, static t =>
        t.GetCustomAttribute<AliasAttribute>()?.Alias ?? t.FullName ?? throw new SerializerException($"{t} has no name that can travel."));

    /// <summary>The type of that name among those that can travel.</summary>
    public static Type? TypeOf(string name)
    {
        Scan();
        return _byName.TryGetValue(name, out var type) ? type : FrameworkType(name);
    }

    private static Type? FrameworkType(string name)
    {
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (assembly.IsDynamic || assembly.GetType(name) is not { } type)
                continue;
            if (PrimitiveCodecs.All.ContainsKey(type) || type.IsEnum || typeof(Exception).IsAssignableFrom(type))
                return type;
        }

        return null;
    }

    private static void Scan()
    {
        if (Volatile.Read(ref _loadedWhenScanned) == AppDomain.CurrentDomain.GetAssemblies().Length)
            return;
        lock (Gate)
        {
            var assemblies = Find();
            List<Type> types = [.. assemblies.SelectMany(TypesOf)];
            Dictionary<string, Type> byName = [];
            foreach (var type in types.Where(CanTravel))
                byName.TryAdd(NameOf(type), type);
            (_types, _byName) = (types, byName);
            Volatile.Write(ref _loadedWhenScanned, AppDomain.CurrentDomain.GetAssemblies().Length);
        }
    }

    private static bool CanTravel(Type type) =>
        type.IsEnum || type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false) || typeof(Exception).IsAssignableFrom(type);

    private static HashSet<Assembly> Find()
    {
        HashSet<Assembly> found = [Self];
        Queue<Assembly> pending = new(AppDomain.CurrentDomain.GetAssemblies().Where(static a => !a.IsDynamic && !IsFramework(a.GetName())));
        HashSet<string> seen = [.. pending.Select(static a => a.GetName().Name ?? "")];
        while (pending.TryDequeue(out var assembly))
        {
            var references = assembly.GetReferencedAssemblies();
            if (references.Any(static r => r.Name == Self.GetName().Name))
                found.Add(assembly);
            foreach (var name in references.Where(r => !IsFramework(r) && seen.Add(r.Name ?? "")))
            {
                if (TryLoad(name) is { } loaded)
                    pending.Enqueue(loaded);
            }
        }

        return found;
    }

    private static bool IsFramework(AssemblyName name) => name.Name is null or "netstandard" or "mscorlib"
        || name.Name.StartsWith("System", StringComparison.Ordinal) || name.Name.StartsWith("Microsoft.", StringComparison.Ordinal);

    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException)
        {
            // A reference that is not deployed is one that the application does without.
            return null;
        }
    }

    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            return exception.Types.OfType<Type>();
        }
    }
}
