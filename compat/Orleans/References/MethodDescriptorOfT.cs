using System.Reflection;
using System.Reflection.Emit;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>A method with the tuple of its arguments and its result. Codecs are looked up at the first call.</summary>
internal class MethodDescriptor<TArgs, TResult> : MethodDescriptor
    where TArgs : struct
{
    private readonly Lazy<MethodInvoker<TArgs, TResult>> _invoker;
    private readonly Lazy<ObjectCodec<TArgs>> _argsCodec;
    private readonly Lazy<bool> _argsImmutable;
    private readonly Lazy<Codec<TResult>> _resultCodec = new(Codecs.Get<TResult>, LazyThreadSafetyMode.PublicationOnly);
    private readonly Lazy<bool> _resultImmutable;

    public MethodDescriptor(MethodInfo method, ulong id)
        : this(method, id, "", null)
    {
    }

    protected MethodDescriptor(MethodInfo method, ulong id, string part, MethodInvoker<TArgs, TResult>? invoker)
        : base(method, id, part)
    {
        _invoker = invoker is null ? new(CompileInvoker) : new(() => invoker);
        _argsCodec = new(() => CreateArgsCodec(), LazyThreadSafetyMode.PublicationOnly);
        _argsImmutable = new(() => _argsCodec.Value.IsImmutable, LazyThreadSafetyMode.PublicationOnly);
        bool declared = method.ReturnParameter.IsDefined(typeof(ImmutableAttribute));
        _resultImmutable = new(() => declared || _resultCodec.Value.IsImmutable, LazyThreadSafetyMode.PublicationOnly);
    }

    public TokenAccess<TArgs>? Token { get; protected init; } = TokenAccess<TArgs>.Instance;

    public ObjectCodec<TArgs> ArgsCodec => _argsCodec.Value;

    public Codec<TResult> ResultCodec => _resultCodec.Value;

    public ValueTask<TResult> Invoke(object target, ref TArgs args) => _invoker.Value(target, ref args);

    public TArgs CopyArgs(TArgs args) => _argsImmutable.Value ? args : ArgsCodec.Copy(args);

    public TResult CopyResult(TResult result) => _resultImmutable.Value ? result : ResultCodec.Copy(result);

    public override IncomingCall Read(IncomingRequest request) => new IncomingCall<TArgs, TResult>(this, request);

    protected virtual ObjectCodec<TArgs> CreateArgsCodec()
    {
        var parameters = Method.GetParameters();
        return new([.. ObjectMembers.OfTuple(typeof(TArgs)).Select((m, i) =>
            m with { Immutable = i < parameters.Length && m.Field!.Name != "Rest" && parameters[i].IsDefined(typeof(ImmutableAttribute)) })]);
    }

    private MethodInvoker<TArgs, TResult> CompileInvoker()
    {
        Type[] parameters = [typeof(object), typeof(TArgs).MakeByRefType()];
        var method = new DynamicMethod(Name, typeof(ValueTask<TResult>), parameters, typeof(MethodDescriptor).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Castclass, Method.DeclaringType!);
        for (int i = 0; i < Method.GetParameters().Length; i++)
            ArgumentTuple.Load(il, typeof(TArgs), i);
        il.Emit(OpCodes.Callvirt, Method);
        il.Emit(OpCodes.Call, CallAdapter.For(Method.ReturnType));
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<MethodInvoker<TArgs, TResult>>();
    }
}
