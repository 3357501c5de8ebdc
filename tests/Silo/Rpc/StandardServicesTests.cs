using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;

namespace Granary.Silo.Tests.Rpc;

/// <summary>The services that every gRPC tool knows: Kubernetes' probes and grpcurl find the silo without our .proto files.</summary>
public sealed class StandardServicesTests(SiloFixture silo) : IClassFixture<SiloFixture>
{
    [Fact]
    public async Task Health_OfAReadySilo_IsServing()
    {
        HealthCheckResponse answer = await new Health.HealthClient(silo.Channel).CheckAsync(new HealthCheckRequest());

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, answer.Status);
    }

    [Fact]
    public async Task Health_OfAServiceThatIsNotThere_IsNotFound()
    {
        RpcException error = await Assert.ThrowsAsync<RpcException>(
            () => new Health.HealthClient(silo.Channel).CheckAsync(new HealthCheckRequest { Service = "nobody" }).ResponseAsync);

        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    [Fact]
    public async Task Health_WatchedWhileTheSiloStops_SaysThatItNoLongerServes()
    {
        using var small = new SiloFixture();
        await small.InitializeAsync();
        using var patience = new CancellationTokenSource(SiloFixture.Patience);
        using AsyncServerStreamingCall<HealthCheckResponse> watch =
            new Health.HealthClient(small.Channel).Watch(new HealthCheckRequest(), cancellationToken: patience.Token);
        await UntilAsync(watch, HealthCheckResponse.Types.ServingStatus.Serving, patience.Token);

        Task stop = small.StopSiloAsync();

        await UntilAsync(watch, HealthCheckResponse.Types.ServingStatus.NotServing, patience.Token);
        await stop;
        await small.DisposeAsync();
    }

    [Fact]
    public async Task Reflection_AskedForServices_ListsGranarysOwn()
    {
        using var patience = new CancellationTokenSource(SiloFixture.Patience);
        using AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call =
            new ServerReflection.ServerReflectionClient(silo.Channel).ServerReflectionInfo(cancellationToken: patience.Token);
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" }, patience.Token);

        Assert.True(await call.ResponseStream.MoveNext(patience.Token));
        Assert.Equal(
            ["granary.v1.Artifacts", "granary.v1.Fleet", "granary.v1.Sweeps", "granary.v1.Telemetry"],
            call.ResponseStream.Current.ListServicesResponse.Service
                .Select(service => service.Name)
                .Where(name => name.StartsWith("granary.", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));
        await call.RequestStream.CompleteAsync();
    }

    private static async Task UntilAsync(
        AsyncServerStreamingCall<HealthCheckResponse> watch, HealthCheckResponse.Types.ServingStatus status, CancellationToken cancellationToken)
    {
        do
        {
            Assert.True(await watch.ResponseStream.MoveNext(cancellationToken), $"The stream ended before it said {status}.");
        }
        while (watch.ResponseStream.Current.Status != status);
    }
}
