using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Granary.Silo.Tests.Storage;

/// <summary>Makes an instance of a state type in which every member, however deep, has a value of its own.</summary>
internal sealed class StateSamples
{
    private int _next = 1;

    public object Make(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string)) return $"text {_next++}";
        if (plain == typeof(bool)) return true;
        if (plain == typeof(int)) return _next++;
        if (plain == typeof(long)) return (1L << 40) + _next++;
        if (plain == typeof(double)) return _next++ / 3.0;
        if (plain == typeof(DateTimeOffset)) return DateTimeOffset.UnixEpoch.AddMilliseconds(1_234_567_890_123 + _next++);
        if (plain == typeof(TimeSpan)) return TimeSpan.FromMilliseconds(_next++);
        if (plain == typeof(SweepId)) return new SweepId($"sample-{_next++}");
        if (plain.IsEnum) return Enum.GetValues(plain).Cast<object>().Last();
        if (plain.IsGenericType && plain.GetInterfaces().Append(plain).Any(face => face == typeof(IEnumerable))) return MakeCollection(plain);
        return MakeObject(plain);
    }

    private object MakeCollection(Type type)
    {
        Type[] items = type.GetGenericArguments();
        if (items.Length == 2)
        {
            var dictionary = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(items))!;
            for (int i = 0; i < 2; i++) dictionary.Add(Make(items[0]), Make(items[1]));
            return dictionary;
        }

        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(items))!;
        for (int i = 0; i < 2; i++) list.Add(Make(items[0]));
        return list;
    }

    private object MakeObject(Type type)
    {
        object made = RuntimeHelpers.GetUninitializedObject(type);
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
            property.SetValue(made, Make(property.PropertyType));
        return made;
    }
}
