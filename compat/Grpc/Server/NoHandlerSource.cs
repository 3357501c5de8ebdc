using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>For definitions, whose methods all come with a handler.</summary>
internal sealed class NoHandlerSource : IHandlerSource
{
    public UnaryServerMethod<TRequest, TResponse> Unary<TRequest, TResponse>(Method<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class => throw Missing(method);

    public ClientStreamingServerMethod<TRequest, TResponse> ClientStreaming<TRequest, TResponse>(Method<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class => throw Missing(method);

    public ServerStreamingServerMethod<TRequest, TResponse> ServerStreaming<TRequest, TResponse>(Method<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class => throw Missing(method);

    public DuplexStreamingServerMethod<TRequest, TResponse> DuplexStreaming<TRequest, TResponse>(Method<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class => throw Missing(method);

    private static InvalidOperationException Missing(IMethod method) =>
        new($"The service definition has no handler for {method.FullName}. Pass one to AddMethod.");
}
