namespace Grpc.Core;

/// <summary>What a method is, without its message types.</summary>
public interface IMethod
{
    /// <summary>How many messages travel in each direction.</summary>
    MethodType Type { get; }

    /// <summary>The full name of the service, such as <c>granary.v1.Sweeps</c>.</summary>
    string ServiceName { get; }

    /// <summary>The name of the method within its service.</summary>
    string Name { get; }

    /// <summary>The path of the method: <c>/service/method</c>.</summary>
    string FullName { get; }
}
