using Grpc.AspNetCore.Server;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Conformance.Grpc.Tests;

/// <summary>What a test changes about its server and its channel.</summary>
internal sealed record EchoHostOptions
{
    public EchoBehaviour Behaviour { get; init; } = new();

    public Action<GrpcServiceOptions> Grpc { get; init; } = _ => { };

    public Action<IServiceCollection> Services { get; init; } = _ => { };

    public Action<WebApplication> Map { get; init; } = app => app.MapGrpcService<EchoService>();

    public Action<ListenOptions> Listen { get; init; } = listen => listen.Protocols = HttpProtocols.Http2;

    public GrpcChannelOptions Channel { get; init; } = new();
}
