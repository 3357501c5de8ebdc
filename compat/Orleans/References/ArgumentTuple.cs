using System.Reflection;
using System.Reflection.Emit;

namespace Orleans.Runtime;

/// <summary>The tuple type that holds a method's arguments: nested beyond seven, as the language nests it.</summary>
internal static class ArgumentTuple
{
    private static readonly Type[] Definitions =
    [
        typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>),
        typeof(ValueTuple<,,,,>), typeof(ValueTuple<,,,,,>), typeof(ValueTuple<,,,,,,>),
    ];

    public static Type Of(MethodInfo method) => method.IsGenericMethodDefinition
        ? typeof(ValueTuple)
        : Of([.. method.GetParameters().Select(static p => p.ParameterType)]);

    /// <summary>Loads one argument from the tuple whose address is the second parameter.</summary>
    public static void Load(ILGenerator il, Type tuple, int index)
    {
        il.Emit(OpCodes.Ldarg_1);
        for (; index >= 7; index -= 7)
        {
            il.Emit(OpCodes.Ldflda, tuple.GetField("Rest")!);
            tuple = tuple.GetField("Rest")!.FieldType;
        }

        il.Emit(OpCodes.Ldfld, tuple.GetField($"Item{index + 1}")!);
    }

    private static Type Of(Type[] types) => types.Length switch
    {
        0 => typeof(ValueTuple),
        <= 7 => Definitions[types.Length - 1].MakeGenericType(types),
        _ => typeof(ValueTuple<,,,,,,,>).MakeGenericType([.. types[..7], Of(types[7..])]),
    };
}
