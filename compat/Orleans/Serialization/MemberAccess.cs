using System.Reflection;
using System.Reflection.Emit;

namespace Orleans.Serialization;

/// <summary>Compiles access to members of any visibility, read-only fields included.</summary>
internal static class MemberAccess
{
    public static MemberGetter<TOwner, T> Getter<TOwner, T>(ObjectMember member)
    {
        var method = new DynamicMethod("get", typeof(T), [typeof(TOwner).MakeByRefType()], typeof(MemberAccess).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        LoadOwner<TOwner>(il);
        if (member.Field is { } field)
            il.Emit(OpCodes.Ldfld, field);
        else
            il.Emit(OpCodes.Call, member.Property!.GetMethod!);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<MemberGetter<TOwner, T>>();
    }

    public static MemberSetter<TOwner, T> Setter<TOwner, T>(ObjectMember member)
    {
        var method = new DynamicMethod("set", null, [typeof(TOwner).MakeByRefType(), typeof(T)], typeof(MemberAccess).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        LoadOwner<TOwner>(il);
        il.Emit(OpCodes.Ldarg_1);
        if (member.Field is { } field)
            il.Emit(OpCodes.Stfld, field);
        else
            il.Emit(OpCodes.Call, member.Property!.SetMethod!);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<MemberSetter<TOwner, T>>();
    }

    public static Func<T> Constructor<T>(ConstructorInfo constructor)
    {
        var method = new DynamicMethod("new", typeof(T), [], typeof(MemberAccess).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Newobj, constructor);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<T>>();
    }

    private static void LoadOwner<TOwner>(ILGenerator il)
    {
        il.Emit(OpCodes.Ldarg_0);
        if (!typeof(TOwner).IsValueType)
            il.Emit(OpCodes.Ldind_Ref);
    }
}
