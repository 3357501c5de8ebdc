using System.Reflection;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>A method that references cannot call: a generic one, or one that returns neither a task nor an async enumerable.</summary>
internal sealed class UncallableDescriptor(MethodInfo method, ulong id) : MethodDescriptor(method, id)
{
    public override IncomingCall Read(IncomingRequest request) => throw new SerializerException($"{Name} cannot be called through a reference.");
}
