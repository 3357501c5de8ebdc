using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Maps the methods of one service, and what answers for methods and services that do not exist.</summary>
internal sealed class EndpointMapper(IEndpointRouteBuilder endpoints, ServerSettings settings, Type serviceType)
{
    private readonly List<IEndpointConventionBuilder> _methods = [];
    private readonly HashSet<string> _services = [];

    public void Add(IMethod method, RequestDelegate handler)
    {
        IEndpointConventionBuilder endpoint = endpoints.MapPost(method.FullName, handler);
        endpoint.Add(builder =>
        {
            builder.DisplayName = $"gRPC - {method.FullName}";
            builder.Metadata.Add(new GrpcMethodMetadata(serviceType, method));
            foreach (object attribute in serviceType.GetCustomAttributes(inherit: true).Concat(AttributesOf(method)))
            {
                builder.Metadata.Add(attribute);
            }
        });
        _methods.Add(endpoint);
        _services.Add(method.ServiceName);
    }

    public GrpcServiceEndpointConventionBuilder Finish()
    {
        foreach (string service in _services)
        {
            MapFallback($"{service}/{{method:required}}", "Method is unimplemented.");
        }

        if (!settings.IgnoreUnknownServices)
        {
            MapFallback("{service:required}/{method:required}", "Service is unimplemented.");
        }

        return new GrpcServiceEndpointConventionBuilder(_methods);
    }

    private object[] AttributesOf(IMethod method) =>
        serviceType.GetMethods().FirstOrDefault(candidate => candidate.Name == method.Name)?.GetCustomAttributes(inherit: true) ?? [];

    private void MapFallback(string pattern, string detail)
    {
        if (!endpoints.ServiceProvider.GetRequiredService<GrpcServices>().TryClaimFallback(endpoints, pattern))
        {
            return;
        }

        // The constraint leaves what is not gRPC to other endpoints.
        RoutePattern route = RoutePatternFactory.Parse(
            pattern, defaults: null, parameterPolicies: new RouteValueDictionary { ["method"] = GrpcRequestConstraint.Instance });
        endpoints.Map(route, http =>
        {
            ResponseEnd.Refuse(http, new Status(StatusCode.Unimplemented, detail));
            return Task.CompletedTask;
        }).WithMetadata(new HttpMethodMetadata([HttpMethods.Post])).WithDisplayName($"gRPC - {detail}");
    }
}
