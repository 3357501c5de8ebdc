using System.Reflection;
using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Handlers that are methods of a service class, of which each call gets an instance.</summary>
internal sealed class ServiceHandlerSource<TService> : IHandlerSource
    where TService : class
{
    private delegate Task<TResponse> OneToOne<TRequest, TResponse>(TService service, TRequest request, ServerCallContext call);

    private delegate Task OneToMany<TRequest, TResponse>(
        TService service, TRequest request, IServerStreamWriter<TResponse> responses, ServerCallContext call);

    /// <summary>The C# method of a gRPC method, whose attributes count as metadata of the endpoint.</summary>
    /// <exception cref="InvalidOperationException">The service has no such method.</exception>
    public static MethodInfo Find(IMethod method, params Type[] parameters) =>
        typeof(TService).GetMethod(method.Name, BindingFlags.Public | BindingFlags.Instance, parameters)
        ?? throw new InvalidOperationException(
            $"{typeof(TService)} has no public method {method.Name}({string.Join(", ", parameters.Select(type => type.Name))}), "
            + $"which {method.FullName} needs.");

    public UnaryServerMethod<TRequest, TResponse> Unary<TRequest, TResponse>(Method<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class
    {
        var target = Find(method, typeof(TRequest), typeof(ServerCallContext)).CreateDelegate<OneToOne<TRequest, TResponse>>();
        return async (request, call) =>
        {
            await using var lease = new ServiceLease<TService>(call.GetHttpContext().RequestServices);
            return await target(lease.Service, request, call).ConfigureAwait(false);
        };
    }

    public ClientStreamingServerMethod<TRequest, TResponse> ClientStreaming<TRequest, TResponse>(Method<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class
    {
        var target = Find(method, typeof(IAsyncStreamReader<TRequest>), typeof(ServerCallContext))
            .CreateDelegate<OneToOne<IAsyncStreamReader<TRequest>, TResponse>>();
        return async (requests, call) =>
        {
            await using var lease = new ServiceLease<TService>(call.GetHttpContext().RequestServices);
            return await target(lease.Service, requests, call).ConfigureAwait(false);
        };
    }

    public ServerStreamingServerMethod<TRequest, TResponse> ServerStreaming<TRequest, TResponse>(Method<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class
    {
        var target = Find(method, typeof(TRequest), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext))
            .CreateDelegate<OneToMany<TRequest, TResponse>>();
        return async (request, responses, call) =>
        {
            await using var lease = new ServiceLease<TService>(call.GetHttpContext().RequestServices);
            await target(lease.Service, request, responses, call).ConfigureAwait(false);
        };
    }

    public DuplexStreamingServerMethod<TRequest, TResponse> DuplexStreaming<TRequest, TResponse>(Method<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class
    {
        var target = Find(method, typeof(IAsyncStreamReader<TRequest>), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext))
            .CreateDelegate<OneToMany<IAsyncStreamReader<TRequest>, TResponse>>();
        return async (requests, responses, call) =>
        {
            await using var lease = new ServiceLease<TService>(call.GetHttpContext().RequestServices);
            await target(lease.Service, requests, responses, call).ConfigureAwait(false);
        };
    }
}
