using System.Reflection;
using System.Reflection.Emit;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>A method that returns an async enumerable: it runs on the callee's side, and the caller fetches batches.</summary>
internal sealed class EnumerableDescriptor<TArgs, TItem> : MethodDescriptor
    where TArgs : struct
{
    private readonly Lazy<EnumerableInvoker<TArgs, TItem>> _invoker;

    public EnumerableDescriptor(MethodInfo method, ulong id)
        : base(method, id)
    {
        _invoker = new(CompileInvoker);
        Start = new(method, id + 1, "#start", StartHere);
        Next = new(method, id + 2, "#next", NextHere);
        Stop = new(method, id + 3, "#stop", StopHere);
    }

    public EnumerationStep<ValueTuple<Guid, TArgs>, EnumerationBatch<TItem>> Start { get; }

    public EnumerationStep<ValueTuple<Guid>, EnumerationBatch<TItem>> Next { get; }

    public EnumerationStep<ValueTuple<Guid>, Unit> Stop { get; }

    public override IncomingCall Read(IncomingRequest request) => throw new SerializerException($"{Name} is enumerated, not called.");

    private static EnumerationTable Table(object target) => RuntimeContext.Current?.Enumerations
        ?? throw new NotSupportedException($"{target.GetType()} is an observer: only grains return async enumerables.");

    private static ValueTask<EnumerationBatch<TItem>> NextHere(object target, ref ValueTuple<Guid> args) => Table(target).NextAsync<TItem>(args.Item1);

    private static async ValueTask<Unit> StopAsync(EnumerationTable table, Guid id)
    {
        await table.StopAsync(id).ConfigureAwait(true);
        return default;
    }

    private static ValueTask<Unit> StopHere(object target, ref ValueTuple<Guid> args) => StopAsync(Table(target), args.Item1);

    private ValueTask<EnumerationBatch<TItem>> StartHere(object target, ref ValueTuple<Guid, TArgs> args)
    {
        var table = Table(target);
        var stop = new CancellationTokenSource();
        var methodArgs = args.Item2;
        TokenAccess<TArgs>.Instance?.Set(ref methodArgs, stop.Token);
        table.Add(args.Item1, new Enumeration<TItem>(_invoker.Value(target, ref methodArgs), stop));
        return table.NextAsync<TItem>(args.Item1);
    }

    private EnumerableInvoker<TArgs, TItem> CompileInvoker()
    {
        Type[] parameters = [typeof(object), typeof(TArgs).MakeByRefType()];
        var method = new DynamicMethod(Name, typeof(IAsyncEnumerable<TItem>), parameters, typeof(MethodDescriptor).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Castclass, Method.DeclaringType!);
        for (int i = 0; i < Method.GetParameters().Length; i++)
            ArgumentTuple.Load(il, typeof(TArgs), i);
        il.Emit(OpCodes.Callvirt, Method);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<EnumerableInvoker<TArgs, TItem>>();
    }
}
