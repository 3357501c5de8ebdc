using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Finds the handler of a method that was bound without one.</summary>
internal interface IHandlerSource
{
    UnaryServerMethod<TRequest, TResponse> Unary<TRequest, TResponse>(Method<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class;

    ClientStreamingServerMethod<TRequest, TResponse> ClientStreaming<TRequest, TResponse>(Method<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class;

    ServerStreamingServerMethod<TRequest, TResponse> ServerStreaming<TRequest, TResponse>(Method<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class;

    DuplexStreamingServerMethod<TRequest, TResponse> DuplexStreaming<TRequest, TResponse>(Method<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class;
}
