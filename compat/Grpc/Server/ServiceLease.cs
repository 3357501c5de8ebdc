using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>
/// A service for one call: the host's own where the type is registered, with the lifetime it is registered with, else a new one that is
/// disposed at the call's end.
/// </summary>
internal readonly struct ServiceLease<TService> : IAsyncDisposable
    where TService : class
{
    // Made on first use: a registered service may have no constructor that a factory could call.
    private static ObjectFactory<TService> Factory => field ??= ActivatorUtilities.CreateFactory<TService>([]);

    private readonly bool _owned;

    public ServiceLease(IServiceProvider services)
    {
        TService? registered = services.GetService<TService>();
        _owned = registered is null;
        Service = registered ?? Factory(services, []);
    }

    public TService Service { get; }

    public ValueTask DisposeAsync()
    {
        if (!_owned)
        {
            return default;
        }

        if (Service is IAsyncDisposable asynchronous)
        {
            return asynchronous.DisposeAsync();
        }

        (Service as IDisposable)?.Dispose();
        return default;
    }
}
