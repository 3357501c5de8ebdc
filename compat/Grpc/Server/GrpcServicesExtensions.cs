using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Internal;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the gRPC server to a host.</summary>
public static class GrpcServicesExtensions
{
    /// <summary>Adds the gRPC server with default options.</summary>
    /// <param name="services">The services of the host.</param>
    /// <returns>A builder for more.</returns>
    public static IGrpcServerBuilder AddGrpc(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddRouting();
        services.AddOptions();
        services.AddLogging();
        services.TryAddSingleton<GrpcServices>();
        services.TryAddSingleton(typeof(ServiceSettings<>));
        return new GrpcServerBuilder(services);
    }

    /// <summary>Adds the gRPC server.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configureOptions">Sets options of all services.</param>
    /// <returns>A builder for more.</returns>
    public static IGrpcServerBuilder AddGrpc(this IServiceCollection services, Action<GrpcServiceOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(configureOptions);
        IGrpcServerBuilder builder = services.AddGrpc();
        services.Configure(configureOptions);
        return builder;
    }

    /// <summary>Sets options of one service.</summary>
    /// <typeparam name="TService">The service.</typeparam>
    /// <param name="grpcBuilder">The server.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same builder.</returns>
    public static IGrpcServerBuilder AddServiceOptions<TService>(
        this IGrpcServerBuilder grpcBuilder, Action<GrpcServiceOptions<TService>> configure)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(grpcBuilder);
        grpcBuilder.Services.Configure(configure);
        return grpcBuilder;
    }
}
