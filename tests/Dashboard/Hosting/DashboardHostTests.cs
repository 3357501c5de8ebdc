using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Granary.Dashboard.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Granary.Dashboard.Tests.Hosting;

[Collection(SharedDashboard.Name)]
public sealed class DashboardHostTests(DashboardFixture dashboard)
{
    [Fact]
    public async Task RecordAsync_OfAServingDashboard_SaysWhereThePagesAre()
    {
        using TemporaryFolder folder = new();

        await DashboardHost.RecordAsync(dashboard.Dashboard, folder.File("dashboard.json"), CancellationToken.None);

        using JsonDocument record = JsonDocument.Parse(await File.ReadAllTextAsync(folder.File("dashboard.json")));
        Assert.Equal(dashboard.Http.BaseAddress, new Uri(record.RootElement.GetProperty("http").GetString()!));
        Assert.Equal(Environment.ProcessId, record.RootElement.GetProperty("pid").GetInt32());
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Build_AnyPortAndATakenOne_ServesOnAnother()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        var endpoint = (IPEndPoint)taken.LocalEndpoint;

        await using WebApplication second = DashboardHost.Build(dashboard.Options with { Http = endpoint, AnyPort = true });
        await second.StartAsync();

        Uri address = DashboardHost.Address(second);
        Assert.NotEqual(endpoint.Port, address.Port);
        Assert.Equal("ok", await dashboard.Http.GetStringAsync(new Uri(address, "/healthz")));
        await second.StopAsync();
    }

    [Fact]
    public async Task Get_AnAddressUnderApiThatIsNone_IsNotFound()
    {
        using HttpResponseMessage response = await dashboard.Http.GetAsync("/api/nothing/here");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }
}
