using System.Reflection;
using System.Reflection.Emit;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>Reads and sets the token among a call's arguments.</summary>
internal sealed class TokenAccess<TArgs>(MemberGetter<TArgs, CancellationToken> get, MemberSetter<TArgs, CancellationToken> set)
{
    public CancellationToken Get(ref TArgs args) => get(ref args);

    public void Set(ref TArgs args, CancellationToken token) => set(ref args, token);

    /// <summary>The first token among the arguments; null where there is none.</summary>
    public static TokenAccess<TArgs>? Instance { get; } = Find();

    private static TokenAccess<TArgs>? Find()
    {
        List<FieldInfo> path = [];
        for (var tuple = typeof(TArgs); tuple is not null;)
        {
            if (tuple.GetFields().FirstOrDefault(static f => f.FieldType == typeof(CancellationToken)) is { } token)
                return Compile([.. path, token]);
            var rest = tuple.GetField("Rest");
            if (rest is not null)
                path.Add(rest);
            tuple = rest?.FieldType;
        }

        return null;
    }

    private static TokenAccess<TArgs> Compile(FieldInfo[] path)
    {
        var owner = typeof(TArgs).MakeByRefType();
        var getter = new DynamicMethod("get", typeof(CancellationToken), [owner], typeof(MemberAccess).Module, skipVisibility: true);
        var setter = new DynamicMethod("set", null, [owner, typeof(CancellationToken)], typeof(MemberAccess).Module, skipVisibility: true);
        foreach (var method in new[] { getter, setter })
        {
            var il = method.GetILGenerator();
            il.Emit(OpCodes.Ldarg_0);
            foreach (var field in path[..^1])
                il.Emit(OpCodes.Ldflda, field);
            if (method == setter)
                il.Emit(OpCodes.Ldarg_1);
            il.Emit(method == setter ? OpCodes.Stfld : OpCodes.Ldfld, path[^1]);
            il.Emit(OpCodes.Ret);
        }

        return new(getter.CreateDelegate<MemberGetter<TArgs, CancellationToken>>(), setter.CreateDelegate<MemberSetter<TArgs, CancellationToken>>());
    }
}
