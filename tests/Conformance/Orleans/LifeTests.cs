using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Granary.Conformance.Orleans.Tests;

/// <summary>Activation, collection and the silo's stop, each with a silo of its own.</summary>
public sealed class LifeTests
{
    private readonly LifeJournal _journal = new();

    [Fact]
    public async Task OnActivateAsync_Failing_FailsTheCallsWithItsException()
    {
        await using var silo = await StartAsync();
        await using var client = await TestClient.StartAsync(silo.GatewayPort);
        foreach (var factory in new[] { silo.Grains, client.Grains })
        {
            var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => factory.GetGrain<ILifeGrain>("broken").TouchAsync());
            Assert.Equal("cannot wake", failure.Message);
        }
    }

    [Fact]
    public async Task IdleActivation_PastItsAge_IsCollected()
    {
        await using var silo = await StartAsync(b => b.Configure<GrainCollectionOptions>(o =>
        {
            o.CollectionQuantum = TimeSpan.FromMilliseconds(100);
            o.CollectionAge = TimeSpan.FromMilliseconds(300);
        }));
        await silo.Grains.GetGrain<ILifeGrain>("idle").TouchAsync();
        await Eventually.TrueAsync(() => _journal.Entries.Contains("idle disposed"), "the idle grain is collected");
        Assert.Equal(["idle up", "idle down ActivationIdle", "idle disposed"], _journal.Entries);
    }

    [Fact]
    public async Task Stop_WithActiveGrains_DeactivatesThemAll()
    {
        await using var silo = await StartAsync();
        for (int i = 0; i < 20; i++)
            await silo.Grains.GetGrain<ILifeGrain>($"g{i}").TouchAsync();
        await silo.StopAsync();
        Assert.Equal(20, _journal.Entries.Count(e => e.EndsWith("down ShuttingDown", StringComparison.Ordinal)));
        await Assert.ThrowsAsync<SiloUnavailableException>(() => silo.Grains.GetGrain<ILifeGrain>("late").TouchAsync());
    }

    [Fact]
    public async Task Stop_WithARequestUnderWay_WaitsForItAndAnswers()
    {
        await using var silo = await StartAsync();
        await using var client = await TestClient.StartAsync(silo.GatewayPort);
        var held = client.Grains.GetGrain<ILifeGrain>("held").HoldAsync();
        await Eventually.TrueAsync(() => _journal.Entries.Contains("held holding"), "the request is under way");
        var stop = silo.StopAsync();
        await Eventually.TrueAsync(
            async () => await Record.ExceptionAsync(() => client.Grains.GetGrain<ILifeGrain>("new").TouchAsync()) is SiloUnavailableException,
            "new requests are refused");
        Assert.False(stop.IsCompleted);
        _journal.Hold.SetResult();
        await held;
        await stop;
        Assert.Equal(["held up", "held holding", "held released", "held down ShuttingDown", "held disposed"], _journal.Entries.Where(e => e.StartsWith("held", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task StartupTask_AndMissingGrainClass_RunAndFail()
    {
        int ran = 0;
        await using var silo = await StartAsync(b => b.AddStartupTask(async (services, _) =>
        {
            await services.GetRequiredService<IGrainFactory>().GetGrain<ILifeGrain>("started").TouchAsync();
            ran++;
        }));
        Assert.Equal(1, ran);
        Assert.Equal("started up", Assert.Single(_journal.Entries));
    }

    private Task<TestSilo> StartAsync(Action<ISiloBuilder>? configure = null) => TestSilo.StartAsync(b =>
    {
        b.Services.AddSingleton(_journal);
        configure?.Invoke(b);
    });
}
