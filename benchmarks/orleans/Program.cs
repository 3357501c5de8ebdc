using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Granary.Benchmarks.Orleans;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// Without arguments: a silo in this process, then a client in another. With a port: that client.
if (args is [var gateway])
{
    using var client = Host.CreateDefaultBuilder()
        .ConfigureLogging(static logging => logging.ClearProviders())
        .UseOrleansClient(builder => builder.UseLocalhostClustering(int.Parse(gateway, CultureInfo.InvariantCulture)))
        .Build();
    await client.StartAsync();
    var remote = Grains(client.Services);
    byte[] bytes = new byte[64 * 1024];
    await Load.RunAsync("external client, one at a time", "7,400 - 13,400", 1, _ => remote[0].AddAsync(1));
    await Load.RunAsync("external client, 100 in flight over 100 grains", "181,000 - 272,000", 100, i => remote[i].AddAsync(1));
    await Load.RunAsync("external client, 64 KiB echo, 10 in flight", "5,800 - 10,200", 10, i => remote[i].EchoAsync(bytes));
    await client.StopAsync();
    return;
}

int port = FreePort();
int siloPort = FreePort();
using var host = Host.CreateDefaultBuilder()
    .ConfigureLogging(static logging => logging.ClearProviders())
    .UseOrleans(builder => builder.UseLocalhostClustering(siloPort, port).AddMemoryGrainStorageAsDefault())
    .Build();
await host.StartAsync();
var grains = Grains(host.Services);
Console.WriteLine("| calls per second, lowest / middle / highest of three runs of 2 s | here | here, per CPU second of the caller's process | Orleans 10.2.2 on two cores |");
Console.WriteLine("|---|---|---|---|");
await Load.RunAsync("inside one silo, one at a time", "360,000 - 590,000", 1, _ => grains[0].AddAsync(1));
await Load.RunAsync("inside one silo, 100 in flight over 100 grains", "600,000 - 1,100,000", 100, i => grains[i].AddAsync(1));
await Load.RunAsync("state write to memory, one at a time", "61,000 - 123,000", 1, _ => grains[0].WriteAsync(1));
await Load.RunAsync("state write to memory, 100 in flight over 100 grains", "99,000 - 203,000", 100, i => grains[i].WriteAsync(1));
using var process = Process.Start(Environment.ProcessPath!, Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal)
    ? [typeof(Load).Assembly.Location, port.ToString(CultureInfo.InvariantCulture)]
    : [port.ToString(CultureInfo.InvariantCulture)]);
await process.WaitForExitAsync();
await host.StopAsync();

static IBenchGrain[] Grains(IServiceProvider services)
{
    var factory = services.GetRequiredService<IGrainFactory>();
    return [.. Enumerable.Range(0, 100).Select(i => factory.GetGrain<IBenchGrain>(i))];
}

static int FreePort()
{
    using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    return ((IPEndPoint)socket.LocalEndPoint!).Port;
}
