using System.Reflection;
using System.Reflection.Emit;

namespace Orleans.Runtime;

/// <summary>Emits the classes behind references: each method packs its arguments and hands them to <see cref="GrainReference"/>.</summary>
internal static class ProxyEmitter
{
    private const BindingFlags Internal = BindingFlags.Instance | BindingFlags.NonPublic;

    private static readonly Type[] ConstructorParameters = [typeof(GrainId), typeof(InterfaceMap), typeof(CallRuntime)];
    private static int _count;

    public static ConstructorInfo Emit(InterfaceMap map)
    {
        var module = NewModule(map.Type);
        var type = module.DefineType($"Proxy.{map.Type.FullName}", TypeAttributes.Public | TypeAttributes.Sealed, typeof(GrainReference), [map.Type]);
        EmitConstructor(type);
        for (int i = 0; i < map.MethodInfos.Count; i++)
            EmitMethod(type, map.MethodInfos[i], i);
        return type.CreateType().GetConstructor(ConstructorParameters)!;
    }

    // Interfaces and argument types may be internal to their assemblies: the runtime lets an assembly in that says so.
    private static ModuleBuilder NewModule(Type type)
    {
        string name = $"Granary.Compat.Orleans.Proxies.{Interlocked.Increment(ref _count)}";
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new(name), AssemblyBuilderAccess.Run);
        var module = assembly.DefineDynamicModule(name);
        var attribute = AccessAttribute(module).GetConstructor([typeof(string)])!;
        HashSet<Assembly> assemblies = [typeof(ProxyEmitter).Assembly];
        foreach (var used in type.GetInterfaces().Prepend(type).SelectMany(static i => i.GetMethods()).SelectMany(Signature).Prepend(type))
            Collect(used, assemblies);
        foreach (var used in assemblies)
            assembly.SetCustomAttribute(new CustomAttributeBuilder(attribute, [used.GetName().Name]));
        return module;
    }

    private static IEnumerable<Type> Signature(MethodInfo method) => method.GetParameters().Select(static p => p.ParameterType).Append(method.ReturnType);

    private static void Collect(Type type, HashSet<Assembly> assemblies)
    {
        assemblies.Add(type.Assembly);
        foreach (var argument in type.GetGenericArguments())
            Collect(argument, assemblies);
    }

    private static Type AccessAttribute(ModuleBuilder module)
    {
        var type = module.DefineType(
            "System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute", TypeAttributes.Public | TypeAttributes.Sealed, typeof(Attribute));
        var constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, [typeof(string)]);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, typeof(Attribute).GetConstructor(Internal, [])!);
        il.Emit(OpCodes.Ret);
        return type.CreateType();
    }

    private static void EmitConstructor(TypeBuilder type)
    {
        var constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, ConstructorParameters);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Ldarg_3);
        il.Emit(OpCodes.Call, typeof(GrainReference).GetConstructor(Internal, ConstructorParameters)!);
        il.Emit(OpCodes.Ret);
    }

    private static void EmitMethod(TypeBuilder type, MethodInfo method, int index)
    {
        Type[] parameters = [.. method.GetParameters().Select(static p => p.ParameterType)];
        const MethodAttributes Attributes = MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot;
        var builder = type.DefineMethod($"{method.DeclaringType!.FullName}.{method.Name}", Attributes, method.ReturnType, parameters);
        var il = builder.GetILGenerator();
        if (MethodDescriptor.Of(method) is UncallableDescriptor)
            EmitRefusal(il, method, builder);
        else
            EmitCall(il, method, parameters.Length, index);
        type.DefineMethodOverride(builder, method);
    }

    private static void EmitCall(ILGenerator il, MethodInfo method, int parameters, int index)
    {
        var tuple = ArgumentTuple.Of(method);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4, index);
        for (int i = 0; i < parameters; i++)
            il.Emit(OpCodes.Ldarg, i + 1);
        EmitTuple(il, tuple);
        il.Emit(OpCodes.Call, Target(method.ReturnType, tuple));
        il.Emit(OpCodes.Ret);
    }

    // The innermost tuple takes the last arguments, which lie on top of the stack.
    private static void EmitTuple(ILGenerator il, Type tuple)
    {
        if (tuple == typeof(ValueTuple))
        {
            var local = il.DeclareLocal(tuple);
            il.Emit(OpCodes.Ldloc, local);
            return;
        }

        if (tuple.GetField("Rest") is { } rest)
            EmitTuple(il, rest.FieldType);
        il.Emit(OpCodes.Newobj, tuple.GetConstructors().Single(static c => c.GetParameters().Length > 0));
    }

    private static MethodInfo Target(Type returned, Type tuple)
    {
        if (returned == typeof(Task))
            return Generic(nameof(GrainReference.CallUnit), tuple);
        if (returned == typeof(ValueTask))
            return Generic(nameof(GrainReference.CallValueUnit), tuple);
        if (returned == typeof(void))
            return Generic(nameof(GrainReference.Post), tuple);
        var definition = returned.GetGenericTypeDefinition();
        string name = definition == typeof(Task<>) ? nameof(GrainReference.Call)
            : definition == typeof(ValueTask<>) ? nameof(GrainReference.CallValue) : nameof(GrainReference.Enumerate);
        return Generic(name, tuple, returned.GetGenericArguments()[0]);
    }

    private static MethodInfo Generic(string name, params Type[] arguments) => typeof(GrainReference)
        .GetMethods(Internal)
        .Single(m => m.Name == name && m.GetGenericArguments().Length == arguments.Length)
        .MakeGenericMethod(arguments);

    private static void EmitRefusal(ILGenerator il, MethodInfo method, MethodBuilder builder)
    {
        if (method.IsGenericMethodDefinition)
            builder.DefineGenericParameters([.. method.GetGenericArguments().Select(static a => a.Name)]);
        il.Emit(OpCodes.Ldstr, $"{method.DeclaringType}.{method.Name} cannot be called through a reference: a grain method is not generic and returns a task, a ValueTask or an async enumerable.");
        il.Emit(OpCodes.Newobj, typeof(NotSupportedException).GetConstructor([typeof(string)])!);
        il.Emit(OpCodes.Throw);
    }
}
