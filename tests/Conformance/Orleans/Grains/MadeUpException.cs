using System.Reflection;
using System.Reflection.Emit;

namespace Granary.Conformance.Orleans.Tests;

/// <summary>An exception of a type that no reader can look up: it is made at run time.</summary>
internal static class MadeUpException
{
    public static Exception Create(string message)
    {
        var module = AssemblyBuilder.DefineDynamicAssembly(new("MadeUp"), AssemblyBuilderAccess.Run).DefineDynamicModule("MadeUp");
        var type = module.DefineType("MadeUp.OddException", TypeAttributes.Public, typeof(Exception));
        var constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, [typeof(string)]);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Call, typeof(Exception).GetConstructor([typeof(string)])!);
        il.Emit(OpCodes.Ret);
        return (Exception)Activator.CreateInstance(type.CreateType(), message)!;
    }
}
