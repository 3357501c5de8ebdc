using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Granary.Silo.Storage;
using Granary.Silo.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Hosting;

namespace Granary.Benchmarks.Engine;

/// <summary>Calls and state writes inside one silo; then the client's process, which calls it.</summary>
internal static class SiloBench
{
    private static readonly int[] InFlight = [1, 10, 100];

    public static async Task RunAsync()
    {
        int gateway = FreePort();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("granary-bench-");
        try
        {
            using IHost silo = Build(gateway, Path.Combine(folder.FullName, "grains.db"));
            await silo.StartAsync();
            await MeasureAsync(BenchGrains.Of(silo.Services));
            using Process client = Process.Start(Environment.ProcessPath!, ClientArguments(gateway));
            await client.WaitForExitAsync();
            await silo.StopAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IHost Build(int gateway, string file) => Host.CreateDefaultBuilder()
        .ConfigureLogging(static logging => logging.ClearProviders())
        .UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort(), gateway);
            silo.AddMemoryGrainStorage(BenchGrain.Memory);
            silo.Services.AddGrainStorage(
                BenchGrain.Sqlite, (_, _) => new SqliteGrainStorage(file, TimeProvider.System, new SiloInstruments(TimeProvider.System)));
        })
        .Build();

    private static async Task MeasureAsync(IBenchGrain[] grains)
    {
        Console.WriteLine("| what | in flight | per second, lowest / middle / highest of three windows of 2 s | Orleans 10.2.2 in the first round |");
        Console.WriteLine("|---|---:|---:|---:|");
        await Load.RunAsync("call inside one silo", "360,000 - 590,000", 1, i => grains[i].AddAsync(1));
        await Load.RunAsync("call inside one silo", "600,000 - 1,100,000", 100, i => grains[i].AddAsync(1));
        foreach (int callers in InFlight)
        {
            string reference = callers switch { 1 => "61,000 - 123,000", 100 => "99,000 - 203,000", _ => "" };
            await Load.RunAsync("state write, memory", reference, callers, i => grains[i].WriteAsync(1));
        }

        foreach (int callers in InFlight)
            await Load.RunAsync("state write, our SQLite storage, synced", "", callers, i => grains[i].WriteToDiskAsync(1));
    }

    private static string[] ClientArguments(int gateway)
    {
        string port = gateway.ToString(CultureInfo.InvariantCulture);
        return Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Load).Assembly.Location, port] : [port];
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
