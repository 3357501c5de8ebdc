using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Granary.Benchmarks.Engine;

/// <summary>Calls from a process of its own, over the loopback.</summary>
internal static class ClientBench
{
    public static async Task RunAsync(int gateway)
    {
        using IHost client = Host.CreateDefaultBuilder()
            .ConfigureLogging(static logging => logging.ClearProviders())
            .UseOrleansClient(builder => builder.UseLocalhostClustering(gateway))
            .Build();
        await client.StartAsync();
        IBenchGrain[] grains = BenchGrains.Of(client.Services);
        byte[] bytes = new byte[64 * 1024];
        await Load.RunAsync("call from another process", "7,400 - 13,400", 1, i => grains[i].AddAsync(1));
        await Load.RunAsync("call from another process", "181,000 - 272,000", 100, i => grains[i].AddAsync(1));
        await Load.RunAsync("64 KiB there and back from another process", "5,800 - 10,200", 10, i => grains[i].EchoAsync(bytes));
        await client.StopAsync();
    }
}
