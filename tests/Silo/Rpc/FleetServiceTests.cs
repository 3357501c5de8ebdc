using Grpc.Core;

namespace Granary.Silo.Tests.Rpc;

public sealed class FleetServiceTests(SiloFixture silo) : IClassFixture<SiloFixture>
{
    [Fact]
    public async Task Attach_WithoutHello_IsRefused()
    {
        using var call = silo.Fleet.Attach();
        await call.RequestStream.WriteAsync(new V1.AgentMessage { Heartbeat = new V1.Heartbeat() });

        RpcException error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
    }

    [Fact]
    public async Task Attach_WithoutDevices_IsRefused()
    {
        await using Agent agent = await Agent.AttachAsync(silo, Agent.Hello("bare", "bare", devices: 0));

        Assert.Equal(StatusCode.InvalidArgument, (await agent.Ended).StatusCode);
    }

    [Fact]
    public async Task Attach_WithOneDeviceTwice_NamesIt()
    {
        V1.Hello hello = Agent.Hello("twice", "twice", devices: 2);
        hello.Devices[1].Id = hello.Devices[0].Id;
        await using Agent agent = await Agent.AttachAsync(silo, hello);

        Status status = await agent.Ended;

        Assert.Equal(StatusCode.InvalidArgument, status.StatusCode);
        Assert.Contains("'cpu:0' twice", status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attach_ANode_IsWelcomedAndItsDevicesAreListed()
    {
        using var call = silo.Fleet.Attach();
        await call.RequestStream.WriteAsync(new V1.AgentMessage { Hello = Agent.Hello("listed", "listed", devices: 2) });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal(silo.Options.HeartbeatSeconds, call.ResponseStream.Current.Welcome.HeartbeatSeconds);
        V1.DevicesReply devices = await DevicesAsync("listed", count: 2);
        Assert.Equal(["listed/cpu:0", "listed/cpu:1"], devices.Devices.Select(device => device.Id));
        Assert.All(devices.Devices, device => Assert.True(device is { Present: true, Trial: "", Pool: "listed" }));
    }

    [Fact]
    public async Task Attach_TheSameNodeAgain_EndsTheOldStreamAndKeepsTheNode()
    {
        V1.Hello hello = Agent.Hello("again-node", "again-pool", devices: 1);
        await using Agent first = await Agent.AttachAsync(silo, hello);
        await DevicesAsync("again-pool", count: 1);
        await using Agent second = await Agent.AttachAsync(silo, hello);

        Assert.Equal(StatusCode.Aborted, (await first.Ended).StatusCode);
        await silo.Sweeps.SubmitAsync(new V1.SubmitRequest { File = SweepFiles.Grid("again-pool", trials: 1) });
        Assert.NotNull((await second.NextAsync()).StartRank);
    }

    [Fact]
    public async Task Attach_AfterAReconnect_SendsWhatIsUnderWayAgain()
    {
        V1.Hello hello = Agent.Hello("resend-node", "resend", devices: 1);
        V1.StartRank started;
        await using (Agent first = await Agent.AttachAsync(silo, hello))
        {
            await silo.Sweeps.SubmitAsync(new V1.SubmitRequest { File = SweepFiles.Grid("resend", trials: 1) });
            started = (await first.NextAsync()).StartRank;
        }

        V1.Hello reconnect = hello.Clone();
        reconnect.Running.Add(started.Id);
        await using Agent second = await Agent.AttachAsync(silo, reconnect);
        await silo.Sweeps.StopAsync(new V1.SweepRequest { Sweep = "resend" });

        V1.AgentCommand command = await second.NextAsync();
        Assert.Equal(started.Id, command.StopRank?.Id);
    }

    private async Task<V1.DevicesReply> DevicesAsync(string pool, int count)
    {
        using var limit = new CancellationTokenSource(SiloFixture.Patience);
        while (true)
        {
            V1.DevicesReply all = await silo.Sweeps.DevicesAsync(new V1.DevicesRequest(), cancellationToken: limit.Token);
            if (all.Devices.Count(device => device.Pool == pool && device.Present) == count)
                return await silo.Sweeps.DevicesAsync(new V1.DevicesRequest { Pool = pool }, cancellationToken: limit.Token);
        }
    }
}
