using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using Orleans.Concurrency;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>One method of a grain or observer interface.</summary>
internal abstract class MethodDescriptor(MethodInfo method, ulong id, string part = "")
{
    private static readonly ConcurrentDictionary<MethodInfo, MethodDescriptor> ByMethod = new();
    private static readonly ConcurrentDictionary<ulong, MethodDescriptor> ById = new();

    /// <summary>The hash of the interface's and the method's names and parameters: the same in every process.</summary>
    public ulong Id { get; } = id;

    public string Name { get; } = $"{method.DeclaringType!.Name}.{method.Name}{part}";

    public bool AlwaysInterleave { get; protected init; } = method.IsDefined(typeof(AlwaysInterleaveAttribute));

    public bool ReadOnly { get; } = method.IsDefined(typeof(ReadOnlyAttribute));

    public bool OneWay { get; protected init; } = method.IsDefined(typeof(OneWayAttribute)) || method.ReturnType == typeof(void);

    public TimeSpan? Timeout { get; } = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;

    /// <summary>Whether an argument is a token, so that the callee can be told to stop.</summary>
    public bool TakesToken { get; protected init; } = method.GetParameters().Any(static p => p.ParameterType == typeof(CancellationToken));

    protected MethodInfo Method { get; } = method;

    public static MethodDescriptor Of(MethodInfo method) => ByMethod.TryGetValue(method, out var known) ? known : ByMethod.GetOrAdd(method, Create);

    public static MethodDescriptor? Find(ulong id) => ById.GetValueOrDefault(id);

    /// <summary>Reads the arguments of a request for this method.</summary>
    public abstract IncomingCall Read(IncomingRequest request);

    protected static void Register(MethodDescriptor descriptor)
    {
        var known = ById.GetOrAdd(descriptor.Id, descriptor);
        if (known.Name != descriptor.Name)
            throw new OrleansConfigurationException($"{known.Name} and {descriptor.Name} have the same number on the wire: give one of them another [Alias].");
    }

    protected static ulong Hash(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (byte b in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ b) * 1099511628211;
        return hash;
    }

    private static MethodDescriptor Create(MethodInfo method)
    {
        var descriptor = (MethodDescriptor)Activator.CreateInstance(TypeOf(method), method, Hash(WireName(method)))!;
        Register(descriptor);
        return descriptor;
    }

    private static Type TypeOf(MethodInfo method)
    {
        var returned = method.ReturnType;
        var arguments = ArgumentTuple.Of(method);
        if (method.IsGenericMethodDefinition)
            return typeof(UncallableDescriptor);
        if (returned == typeof(Task) || returned == typeof(ValueTask) || returned == typeof(void))
            return typeof(MethodDescriptor<,>).MakeGenericType(arguments, typeof(Unit));
        var definition = returned.IsGenericType ? returned.GetGenericTypeDefinition() : null;
        if (definition == typeof(Task<>) || definition == typeof(ValueTask<>))
            return typeof(MethodDescriptor<,>).MakeGenericType(arguments, returned.GetGenericArguments()[0]);
        return definition == typeof(IAsyncEnumerable<>)
            ? typeof(EnumerableDescriptor<,>).MakeGenericType(arguments, returned.GetGenericArguments()[0])
            : typeof(UncallableDescriptor);
    }

    private static string WireName(MethodInfo method)
    {
        string name = method.GetCustomAttribute<AliasAttribute>()?.Alias ?? method.Name;
        var parameters = method.GetParameters().Select(static p => p.ParameterType.ToString());
        return $"{ApplicationParts.NameOf(method.DeclaringType!)}.{name}({string.Join(',', parameters)})";
    }
}
