using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Text;
using Orleans.Runtime;

namespace Orleans.Serialization;

/// <summary>The names of types on the wire. Only types that can travel are found by name, so that no message can load anything else.</summary>
internal static class TypeNames
{
    private static readonly ConcurrentDictionary<Type, byte[]> Names = new();
    private static readonly ConcurrentDictionary<string, Type> Types = new();

    private static readonly Dictionary<string, Type> Known = new()
    {
        ["object"] = typeof(object),
        ["string"] = typeof(string),
        ["bool"] = typeof(bool),
        ["byte"] = typeof(byte),
        ["sbyte"] = typeof(sbyte),
        ["short"] = typeof(short),
        ["ushort"] = typeof(ushort),
        ["int"] = typeof(int),
        ["uint"] = typeof(uint),
        ["long"] = typeof(long),
        ["ulong"] = typeof(ulong),
        ["char"] = typeof(char),
        ["float"] = typeof(float),
        ["double"] = typeof(double),
        ["decimal"] = typeof(decimal),
        ["list"] = typeof(List<>),
        ["dict"] = typeof(Dictionary<,>),
        ["set"] = typeof(HashSet<>),
        ["nullable"] = typeof(Nullable<>),
        ["sorted-set"] = typeof(SortedSet<>),
        ["sorted-dict"] = typeof(SortedDictionary<,>),
        ["queue"] = typeof(Queue<>),
        ["stack"] = typeof(Stack<>),
        ["read-only"] = typeof(ReadOnlyCollection<>),
        ["read-only-dict"] = typeof(ReadOnlyDictionary<,>),
        ["pair"] = typeof(KeyValuePair<,>),
        ["im-array"] = typeof(ImmutableArray<>),
        ["im-list"] = typeof(ImmutableList<>),
        ["im-set"] = typeof(ImmutableHashSet<>),
        ["im-dict"] = typeof(ImmutableDictionary<,>),
        ["im-sorted-set"] = typeof(ImmutableSortedSet<>),
        ["im-sorted-dict"] = typeof(ImmutableSortedDictionary<,>),
        ["im-queue"] = typeof(ImmutableQueue<>),
        ["memory"] = typeof(Memory<>),
        ["read-only-memory"] = typeof(ReadOnlyMemory<>),
        ["grain-ref"] = typeof(GrainReference),
        ["vt1"] = typeof(ValueTuple<>),
        ["vt2"] = typeof(ValueTuple<,>),
        ["vt3"] = typeof(ValueTuple<,,>),
        ["vt4"] = typeof(ValueTuple<,,,>),
        ["vt5"] = typeof(ValueTuple<,,,,>),
        ["vt6"] = typeof(ValueTuple<,,,,,>),
        ["vt7"] = typeof(ValueTuple<,,,,,,>),
        ["vt8"] = typeof(ValueTuple<,,,,,,,>),
        ["t1"] = typeof(Tuple<>),
        ["t2"] = typeof(Tuple<,>),
        ["t3"] = typeof(Tuple<,,>),
        ["t4"] = typeof(Tuple<,,,>),
        ["t5"] = typeof(Tuple<,,,,>),
        ["t6"] = typeof(Tuple<,,,,,>),
        ["t7"] = typeof(Tuple<,,,,,,>),
    };

    private static readonly Dictionary<Type, string> KnownNames = Known.ToDictionary(static p => p.Value, static p => p.Key);

    public static void Write(WireWriter writer, Type type)
    {
        byte[] name = Names.GetOrAdd(type, static t => Encoding.UTF8.GetBytes(NameOf(t)));
        writer.WriteInt32(name.Length);
        writer.WriteBytes(name);
    }

    public static SerializerException Unknown(string name) => new(
        $"Type \"{name}\" is not known here: reference its assembly, and mark it with [GenerateSerializer].");

    /// <summary>The type whose name comes next; null when this process has no such type, or it cannot travel.</summary>
    public static Type? TryRead(WireReader reader, out string name)
    {
        name = reader.ReadString() ?? "";
        if (Types.TryGetValue(name, out var type))
            return type;
        int position = 0;
        type = Parse(name, ref position);
        if (type is not null && position == name.Length)
            Types.TryAdd(name, type);
        return type;
    }

    /// <summary>The name: aliases where there are any, arguments in angle brackets, <c>[]</c> after the element of an array.</summary>
    public static string NameOf(Type type)
    {
        if (type.IsArray)
            return NameOf(type.GetElementType()!) + "[]";
        if (typeof(GrainReference).IsAssignableFrom(type))
            return "grain-ref";
        if (type.IsConstructedGenericType && IsSynthesized(type.GetGenericTypeDefinition()))
            return NameOf(type.GetGenericArguments()[0]) + "[]";
        if (type.IsConstructedGenericType)
            return $"{NameOf(type.GetGenericTypeDefinition())}<{string.Join(',', type.GetGenericArguments().Select(NameOf))}>";
        return KnownNames.TryGetValue(type, out string? known) ? known : ApplicationParts.NameOf(type);
    }

    /// <summary>Whether the compiler made the collection's type for a collection expression: its names begin so.</summary>
    public static bool IsSynthesized(Type definition) => definition.Name.StartsWith("<>z__ReadOnly", StringComparison.Ordinal);

    private static Type? Parse(string name, ref int position)
    {
        int start = position;
        while (position < name.Length && name[position] is not ('<' or '>' or ',' or '['))
            position++;
        string simple = name[start..position];
        var type = Known.TryGetValue(simple, out var known) ? known : ApplicationParts.TypeOf(simple);
        if (position < name.Length && name[position] == '<')
        {
            List<Type> arguments = [];
            do
            {
                position++;
                if (Parse(name, ref position) is not { } argument)
                    return null;
                arguments.Add(argument);
            }
            while (position < name.Length && name[position] == ',');
            position++;
            type = type is { IsGenericTypeDefinition: true } && type.GetGenericArguments().Length == arguments.Count
                ? type.MakeGenericType([.. arguments])
                : null;
        }

        for (; position + 1 < name.Length && name[position] == '['; position += 2)
            type = type?.MakeArrayType();
        return type;
    }
}
