namespace Grpc.AspNetCore.Server;

/// <summary>One interceptor of a server.</summary>
public class InterceptorRegistration
{
    private readonly object[] _arguments;

    internal InterceptorRegistration(Type type, object[] arguments)
    {
        Type = type;
        _arguments = arguments;
    }

    /// <summary>The interceptor.</summary>
    public Type Type { get; }

    /// <summary>Arguments of its constructor besides services.</summary>
    public IReadOnlyList<object> Arguments => _arguments;
}
