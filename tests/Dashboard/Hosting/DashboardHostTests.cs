using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Granary.Dashboard.Hosting;

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

    // A program of its own: of two dashboards in one process the one that ends takes the other one's metrics with it.
    [Fact]
    public async Task Start_AnyPortAndATakenOne_ServesOnAnother()
    {
        using TemporaryFolder folder = new();
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        var endpoint = (IPEndPoint)taken.LocalEndpoint;
        using var program = Process.Start(new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "granary-dashboard"),
            [
                "--grpc", dashboard.Options.Grpc.Authority, "--gateway", $"{dashboard.Options.Gateway}",
                "--http", $"{endpoint}", "--any-port", "--record", folder.File("dashboard.json"), "--log-level", "none", "--exit-with-parent",
            ])
        {
            RedirectStandardInput = true,
        })!;

        using CancellationTokenSource patience = new(DashboardFixture.Patience);
        while (!File.Exists(folder.File("dashboard.json")))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
        }

        using JsonDocument record = JsonDocument.Parse(await File.ReadAllTextAsync(folder.File("dashboard.json"), patience.Token));
        Uri address = new(record.RootElement.GetProperty("http").GetString()!);
        Assert.NotEqual(endpoint.Port, address.Port);
        Assert.Equal("ok", await dashboard.Http.GetStringAsync(new Uri(address, "/healthz"), patience.Token));
        program.StandardInput.Close();
        await program.WaitForExitAsync(patience.Token);
        Assert.Equal(0, program.ExitCode);
    }

    [Fact]
    public async Task Get_AnAddressUnderApiThatIsNone_IsNotFound()
    {
        using HttpResponseMessage response = await dashboard.Http.GetAsync("/api/nothing/here");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }
}
