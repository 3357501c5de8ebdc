using System.Reflection;

namespace Orleans.Serialization;

/// <summary>Finds the numbered members of a type, base types first.</summary>
internal static class ObjectMembers
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    // Members without a number of their own, in declaration order: after all that source can number.
    private const ulong FirstImplicit = 1 << 20;

    public static IReadOnlyList<ObjectMember> Of(Type type)
    {
        List<Type> levels = [];
        for (var level = type; level is not null && level != typeof(object) && level != typeof(ValueType) && level != typeof(Exception); level = level.BaseType)
            levels.Insert(0, level);
        List<ObjectMember> members = [];
        ulong number = 0;
        foreach (var level in levels.Where(static l => l.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)))
            members.AddRange(OfLevel(level, number++));
        var twice = members.GroupBy(static m => m.Key).FirstOrDefault(static g => g.Count() > 1);
        return twice is null
            ? members
            : throw new CodecNotFoundException($"{type} has two members with the number {twice.Key >> 3}: every [Id] is unique within its type.");
    }

    /// <summary>The fields of a tuple or a pair, in order.</summary>
    public static IReadOnlyList<ObjectMember> OfTuple(Type type) =>
        [.. type.GetFields(Declared).OrderBy(static f => f.MetadataToken).Select(static (f, i) => new ObjectMember(Key((ulong)i, 0), f.FieldType, f, null, false))];

    private static IEnumerable<ObjectMember> OfLevel(Type type, ulong level)
    {
        foreach (var field in type.GetFields(Declared))
        {
            if (field.GetCustomAttribute<IdAttribute>() is { } id)
                yield return new(Key(id.Id, level), field.FieldType, field, null, IsImmutable(field));
        }

        foreach (var property in type.GetProperties(Declared))
        {
            if (property.GetCustomAttribute<IdAttribute>() is { } id)
                yield return OfProperty(type, property, Key(id.Id, level));
        }

        ulong position = FirstImplicit;
        foreach (var property in PrimaryConstructorProperties(type))
        {
            if (!property.IsDefined(typeof(IdAttribute)))
                yield return OfProperty(type, property, Key(position, level));
            position++;
        }
    }

    private static ObjectMember OfProperty(Type type, PropertyInfo property, ulong key)
    {
        var field = type.GetField($"<{property.Name}>k__BackingField", Declared);
        if (field is null && (property.GetMethod is null || property.SetMethod is null))
            throw new CodecNotFoundException($"{type}.{property.Name} has an [Id] but cannot be both read and set.");
        return new(key, property.PropertyType, field, field is null ? property : null, IsImmutable(property));
    }

    private static IEnumerable<PropertyInfo> PrimaryConstructorProperties(Type type)
    {
        bool isRecord = type.GetMethod("<Clone>$", Declared) is not null
            || type.GetMethod("PrintMembers", Declared, [typeof(System.Text.StringBuilder)]) is not null;
        if (!isRecord || type.GetCustomAttribute<GenerateSerializerAttribute>() is not { IncludePrimaryConstructorParameters: true })
            return [];
        return type.GetConstructors(Declared)
            .Select(c => c.GetParameters().Select(p => p.Name is null ? null : type.GetProperty(p.Name, Declared)).ToArray())
            .Where(static p => p.Length > 0 && p.All(static x => x is not null))
            .OrderByDescending(static p => p.Length)
            .FirstOrDefault()
            ?.Select(static p => p!) ?? [];
    }

    private static bool IsImmutable(MemberInfo member) => member.IsDefined(typeof(ImmutableAttribute), inherit: false);

    private static ulong Key(ulong id, ulong level) => (id << 3) | level;
}
