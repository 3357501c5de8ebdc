using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Wraps handlers in interceptors, the first one outermost. Each call gets its own instances unless they are registered.</summary>
internal static class InterceptorPipeline
{
    public static UnaryServerMethod<TRequest, TResponse> Wrap<TRequest, TResponse>(
        UnaryServerMethod<TRequest, TResponse> handler, IReadOnlyList<InterceptorRegistration> interceptors)
        where TRequest : class
        where TResponse : class => interceptors.Reverse().Aggregate(handler, (inner, registration) => async (request, call) =>
    {
        await using var lease = new InterceptorLease(registration, call);
        return await lease.Interceptor.UnaryServerHandler(request, call, inner).ConfigureAwait(false);
    });

    public static ClientStreamingServerMethod<TRequest, TResponse> Wrap<TRequest, TResponse>(
        ClientStreamingServerMethod<TRequest, TResponse> handler, IReadOnlyList<InterceptorRegistration> interceptors)
        where TRequest : class
        where TResponse : class => interceptors.Reverse().Aggregate(handler, (inner, registration) => async (requests, call) =>
    {
        await using var lease = new InterceptorLease(registration, call);
        return await lease.Interceptor.ClientStreamingServerHandler(requests, call, inner).ConfigureAwait(false);
    });

    public static ServerStreamingServerMethod<TRequest, TResponse> Wrap<TRequest, TResponse>(
        ServerStreamingServerMethod<TRequest, TResponse> handler, IReadOnlyList<InterceptorRegistration> interceptors)
        where TRequest : class
        where TResponse : class => interceptors.Reverse().Aggregate(handler, (inner, registration) => async (request, responses, call) =>
    {
        await using var lease = new InterceptorLease(registration, call);
        await lease.Interceptor.ServerStreamingServerHandler(request, responses, call, inner).ConfigureAwait(false);
    });

    public static DuplexStreamingServerMethod<TRequest, TResponse> Wrap<TRequest, TResponse>(
        DuplexStreamingServerMethod<TRequest, TResponse> handler, IReadOnlyList<InterceptorRegistration> interceptors)
        where TRequest : class
        where TResponse : class => interceptors.Reverse().Aggregate(handler, (inner, registration) => async (requests, responses, call) =>
    {
        await using var lease = new InterceptorLease(registration, call);
        await lease.Interceptor.DuplexStreamingServerHandler(requests, responses, call, inner).ConfigureAwait(false);
    });

    private readonly struct InterceptorLease : IAsyncDisposable
    {
        private readonly bool _owned;

        public InterceptorLease(InterceptorRegistration registration, ServerCallContext call)
        {
            IServiceProvider services = call.GetHttpContext().RequestServices;
            object? registered = registration.Arguments.Count == 0 ? services.GetService(registration.Type) : null;
            _owned = registered is null;
            Interceptor = (Interceptor)(registered
                ?? ActivatorUtilities.CreateInstance(services, registration.Type, [.. registration.Arguments]));
        }

        public Interceptor Interceptor { get; }

        public ValueTask DisposeAsync()
        {
            if (_owned && Interceptor is IAsyncDisposable asynchronous)
            {
                return asynchronous.DisposeAsync();
            }

            if (_owned)
            {
                (Interceptor as IDisposable)?.Dispose();
            }

            return default;
        }
    }
}
