using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Turns each method that a service binds into an endpoint. The kinds of services differ in where handlers come from.</summary>
internal sealed class MethodBinder(
    ServerSettings settings, IHandlerSource handlers, Action<IMethod, RequestDelegate> add) : ServiceBinderBase
{
    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        UnaryServerMethod<TRequest, TResponse> target = InterceptorPipeline.Wrap(handler ?? handlers.Unary(method), settings.Interceptors);
        add(method, new UnaryCallHandler<TRequest, TResponse>(method, settings, target).HandleAsync);
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        ClientStreamingServerMethod<TRequest, TResponse> target =
            InterceptorPipeline.Wrap(handler ?? handlers.ClientStreaming(method), settings.Interceptors);
        add(method, new ClientStreamingCallHandler<TRequest, TResponse>(method, settings, target).HandleAsync);
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        ServerStreamingServerMethod<TRequest, TResponse> target =
            InterceptorPipeline.Wrap(handler ?? handlers.ServerStreaming(method), settings.Interceptors);
        add(method, new ServerStreamingCallHandler<TRequest, TResponse>(method, settings, target).HandleAsync);
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        DuplexStreamingServerMethod<TRequest, TResponse> target =
            InterceptorPipeline.Wrap(handler ?? handlers.DuplexStreaming(method), settings.Interceptors);
        add(method, new DuplexStreamingCallHandler<TRequest, TResponse>(method, settings, target).HandleAsync);
    }
}
