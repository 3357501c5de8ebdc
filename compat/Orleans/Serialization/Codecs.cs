using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using Orleans.Runtime;

namespace Orleans.Serialization;

/// <summary>The codecs of all types met so far, made at first use.</summary>
internal static class Codecs
{
    private static readonly ConcurrentDictionary<Type, Codec> All = new();

    private static readonly Dictionary<Type, string> Collections = new()
    {
        [typeof(HashSet<>)] = nameof(CollectionCodecs.HashSet),
        [typeof(SortedSet<>)] = nameof(CollectionCodecs.SortedSet),
        [typeof(SortedDictionary<,>)] = nameof(CollectionCodecs.SortedDictionary),
        [typeof(Queue<>)] = nameof(CollectionCodecs.Queue),
        [typeof(Stack<>)] = nameof(CollectionCodecs.Stack),
        [typeof(ReadOnlyDictionary<,>)] = nameof(CollectionCodecs.ReadOnlyDictionary),
        [typeof(ReadOnlyCollection<>)] = nameof(CollectionCodecs.ReadOnlyCollection),
        [typeof(ImmutableArray<>)] = nameof(CollectionCodecs.ImmutableArray),
        [typeof(ImmutableList<>)] = nameof(CollectionCodecs.ImmutableList),
        [typeof(ImmutableHashSet<>)] = nameof(CollectionCodecs.ImmutableHashSet),
        [typeof(ImmutableSortedSet<>)] = nameof(CollectionCodecs.ImmutableSortedSet),
        [typeof(ImmutableQueue<>)] = nameof(CollectionCodecs.ImmutableQueue),
        [typeof(ImmutableDictionary<,>)] = nameof(CollectionCodecs.ImmutableDictionary),
        [typeof(ImmutableSortedDictionary<,>)] = nameof(CollectionCodecs.ImmutableSortedDictionary),
        [typeof(Memory<>)] = nameof(CollectionCodecs.Memory),
        [typeof(ReadOnlyMemory<>)] = nameof(CollectionCodecs.ReadOnlyMemory),
    };

    /// <exception cref="CodecNotFoundException">The type cannot travel.</exception>
    public static Codec<T> Get<T>() => Cache<T>.Instance ??= (Codec<T>)Get(typeof(T));

    /// <exception cref="CodecNotFoundException">The type cannot travel.</exception>
    public static Codec Get(Type type) => All.TryGetValue(type, out var codec) ? codec : All.GetOrAdd(type, Create(type));

    private static Codec Create(Type type)
    {
        if (PrimitiveCodecs.All.TryGetValue(type, out var primitive))
            return primitive;
        if (type.IsEnum)
            return Make(typeof(EnumCodec<>), type);
        if (type.IsArray)
            return CreateArray(type);
        if (typeof(Type).IsAssignableFrom(type) || type.IsSubclassOf(typeof(Delegate)) || typeof(Task).IsAssignableFrom(type) || type.IsPointer)
            throw NotFound(type);
        if (typeof(IAddressable).IsAssignableFrom(type))
            return Make(typeof(ReferenceCodec<>), type);
        if (typeof(Exception).IsAssignableFrom(type))
            return Make(typeof(ExceptionCodec<>), type);
        if (type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false) && !type.IsAbstract)
            return Make(typeof(ObjectCodec<>), type);
        if (type.IsGenericType && CreateGeneric(type) is { } generic)
            return generic;
        if (type.IsInterface || type.IsAbstract || type == typeof(object))
            return Make(typeof(AbstractCodec<>), type);
        throw NotFound(type);
    }

    private static Codec? CreateGeneric(Type type)
    {
        var definition = type.GetGenericTypeDefinition();
        var arguments = type.GetGenericArguments();
        if (TypeNames.IsSynthesized(definition))
            return Make(typeof(SynthesizedCollectionCodec<>), arguments);
        if (definition == typeof(Nullable<>))
            return Make(typeof(NullableCodec<>), arguments);
        if (definition == typeof(List<>))
            return Make(typeof(ListCodec<>), arguments);
        if (definition == typeof(Dictionary<,>))
            return Make(typeof(DictionaryCodec<,>), arguments);
        if (Collections.TryGetValue(definition, out string? factory))
            return (Codec)typeof(CollectionCodecs).GetMethod(factory)!.MakeGenericMethod(arguments).Invoke(null, null)!;
        if (definition == typeof(KeyValuePair<,>) || type.IsAssignableTo(typeof(System.Runtime.CompilerServices.ITuple)))
            return Make(typeof(ObjectCodec<>), [type], ObjectMembers.OfTuple(type));
        return null;
    }

    private static Codec CreateArray(Type type)
    {
        var element = type.GetElementType()!;
        if (type.GetArrayRank() != 1)
            throw NotFound(type);
        bool asBytes = element.IsPrimitive && element != typeof(bool) && element != typeof(char) && element != typeof(nint) && element != typeof(nuint);
        return Make(asBytes ? typeof(BytesCodec<>) : typeof(ArrayCodec<>), element);
    }

    private static Codec Make(Type definition, params Type[] arguments) => Make(definition, arguments, []);

    private static Codec Make(Type definition, Type[] arguments, params object[] parameters)
    {
        try
        {
            return (Codec)Activator.CreateInstance(definition.MakeGenericType(arguments), parameters)!;
        }
        catch (System.Reflection.TargetInvocationException exception) when (exception.InnerException is CodecNotFoundException missing)
        {
            throw new CodecNotFoundException(missing.Message);
        }
    }

    private static CodecNotFoundException NotFound(Type type) => new(
        $"Could not find a codec for type {type}: mark it with [GenerateSerializer] and its members with [Id], or pass another type.");

    private static class Cache<T>
    {
        public static Codec<T>? Instance { get; set; }
    }
}
