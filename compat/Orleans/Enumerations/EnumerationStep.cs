using System.Reflection;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>One of the calls an enumeration is made of: start, next, stop.</summary>
internal sealed class EnumerationStep<TArgs, TResult> : MethodDescriptor<TArgs, TResult>
    where TArgs : struct
{
    public EnumerationStep(MethodInfo method, ulong id, string part, MethodInvoker<TArgs, TResult> invoker)
        : base(method, id, part, invoker)
    {
        AlwaysInterleave = true;
        TakesToken = false;
        OneWay = false;
        Register(this);
    }

    protected override ObjectCodec<TArgs> CreateArgsCodec() => new(ObjectMembers.OfTuple(typeof(TArgs)));
}
