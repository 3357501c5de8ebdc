using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Internal;
using Grpc.Core;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps gRPC services to endpoints.</summary>
public static class GrpcEndpointRouteBuilderExtensions
{
    /// <summary>Maps all methods of a service. Each call gets the service from the host's services, or one of its own.</summary>
    /// <typeparam name="TService">The service; it derives from a class marked with <see cref="BindServiceMethodAttribute"/>.</typeparam>
    /// <param name="builder">Takes the endpoints.</param>
    /// <returns>Adds conventions to all methods.</returns>
    /// <exception cref="InvalidOperationException">AddGrpc was not called, or the type is not a gRPC service.</exception>
    public static GrpcServiceEndpointConventionBuilder MapGrpcService<TService>(this IEndpointRouteBuilder builder)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        EnsureAdded(builder);
        ServerSettings settings = builder.ServiceProvider.GetRequiredService<ServiceSettings<TService>>().Value;
        var mapper = new EndpointMapper(builder, settings, typeof(TService));
        ServiceBinding.Bind(typeof(TService), new MethodBinder(settings, new ServiceHandlerSource<TService>(), mapper.Add));
        return mapper.Finish();
    }

    /// <summary>Maps a service whose handlers are functions.</summary>
    /// <param name="builder">Takes the endpoints.</param>
    /// <param name="serviceDefinition">The methods with their handlers.</param>
    /// <returns>Adds conventions to all methods.</returns>
    /// <exception cref="InvalidOperationException">AddGrpc was not called.</exception>
    public static GrpcServiceEndpointConventionBuilder MapGrpcService(
        this IEndpointRouteBuilder builder, ServerServiceDefinition serviceDefinition)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(serviceDefinition);
        EnsureAdded(builder);
        IServiceProvider services = builder.ServiceProvider;
        var settings = new ServerSettings(
            services.GetRequiredService<IOptions<GrpcServiceOptions>>().Value,
            null,
            services.GetRequiredService<ILoggerFactory>().CreateLogger<ServerServiceDefinition>());
        var mapper = new EndpointMapper(builder, settings, typeof(ServerServiceDefinition));
        serviceDefinition.BindService(new MethodBinder(settings, new NoHandlerSource(), mapper.Add));
        return mapper.Finish();
    }

    private static void EnsureAdded(IEndpointRouteBuilder builder)
    {
        if (builder.ServiceProvider.GetService<GrpcServices>() is null)
        {
            throw new InvalidOperationException("The gRPC server is missing. Call services.AddGrpc() before the host is built.");
        }
    }
}
