using System.Net;
using System.Net.Sockets;
using Granary.Silo.Hosting;
using Grpc.Core;

namespace Granary.Silo.Tests.Rpc;

public sealed class HostTests(SiloFixture silo) : IClassFixture<SiloFixture>
{
    [Fact]
    public async Task Http_MetricsAndHealth_Answer()
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{silo.Record.Http}") };
        await silo.Sweeps.ListAsync(new V1.ListSweepsRequest());

        Assert.Equal("ok\n", await http.GetStringAsync("/healthz"));
        Assert.Equal("ready\n", await http.GetStringAsync("/readyz"));
        string metrics = await http.GetStringAsync("/metrics");
        Assert.Contains("granary_rpc_calls_total", metrics, StringComparison.Ordinal);
        Assert.Contains("granary_metrics_queued", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ports_GivenGarbage_GoOnServing()
    {
        foreach (string endpoint in new[] { silo.Record.Grpc, silo.Record.Http, silo.Record.Gateway })
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPEndPoint.Parse(endpoint));
            byte[] garbage = new byte[100_000];
            new Random(5).NextBytes(garbage);
            try
            {
                await client.GetStream().WriteAsync(garbage);
            }
            catch (IOException)
            {
                // The silo may hang up before it has read everything.
            }
        }

        Assert.NotNull(await silo.Sweeps.ListAsync(new V1.ListSweepsRequest()));
    }

    [Fact]
    public void Ports_ByDefault_AreOnLoopback() => Assert.All(
        [silo.Record.Grpc, silo.Record.Http, silo.Record.Gateway],
        endpoint => Assert.Equal(IPAddress.Loopback, IPEndPoint.Parse(endpoint).Address));

    [Fact]
    public async Task Record_OfAServingSilo_IsWhereClientsLook()
    {
        SiloRecord? record = SiloRecord.Read(new StateDirectory(silo.Options.State).RecordFile);

        Assert.Equal(silo.Record, record);
        Assert.Equal(Environment.ProcessId, record!.Pid);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Start_OnTheSameState_IsRefused()
    {
        var error = await Assert.ThrowsAsync<SiloStartException>(
            () => SiloHost.StartAsync(new SiloOptions { State = silo.Options.State }, CancellationToken.None));

        Assert.Contains("Another silo", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_BeyondThePlaces_IsRefusedUntilOneIsFree()
    {
        using var small = new SiloFixture();
        small.Options.MaxWatchers = 1;
        await small.InitializeAsync();
        try
        {
            V1.SubmitReply sweep = await small.Sweeps.SubmitAsync(new V1.SubmitRequest { File = SweepFiles.Grid("places", trials: 1) });
            var request = new V1.WatchRequest { Sweep = sweep.Sweep };
            using (AsyncServerStreamingCall<V1.SweepEvent> first = small.Sweeps.Watch(request))
            {
                Assert.True(await first.ResponseStream.MoveNext(CancellationToken.None));
                using AsyncServerStreamingCall<V1.SweepEvent> second = small.Sweeps.Watch(request);
                RpcException error = await Assert.ThrowsAsync<RpcException>(() => second.ResponseStream.MoveNext(CancellationToken.None));
                Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
            }

            await small.Sweeps.StopAsync(new V1.SweepRequest { Sweep = sweep.Sweep });
        }
        finally
        {
            await small.DisposeAsync();
        }
    }
}
