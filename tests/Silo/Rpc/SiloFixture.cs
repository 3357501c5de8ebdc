using Granary.Silo.Hosting;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;

namespace Granary.Silo.Tests.Rpc;

/// <summary>A silo of a test's own, with everything that a real one has, and clients over real sockets.</summary>
public sealed class SiloFixture : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private SiloHost? _host;
    private GrpcChannel? _channel;

    /// <summary>Seconds that a test waits for something that takes milliseconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    internal SiloOptions Options { get; } = new() { LogLevel = LogLevel.Warning, HeartbeatSeconds = 0.5 };

    internal SiloRecord Record => _host!.Record;

    internal V1.Sweeps.SweepsClient Sweeps => new(_channel!);

    internal V1.Fleet.FleetClient Fleet => new(_channel!);

    internal V1.Telemetry.TelemetryClient Telemetry => new(_channel!);

    internal V1.Artifacts.ArtifactsClient Artifacts => new(_channel!);

    /// <summary>For services that are not Granary's own.</summary>
    internal GrpcChannel Channel => _channel!;

    public async Task InitializeAsync()
    {
        Options.State = _folder.Path;
        _host = await SiloHost.StartAsync(Options, CancellationToken.None);
        _channel = GrpcChannel.ForAddress($"http://{_host.Record.Grpc}");
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await InitializeAsync();
    }

    /// <summary>The silo stops under its clients.</summary>
    internal async Task StopSiloAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        _host = null;
    }

    public Task DisposeAsync() => StopAsync();

    public void Dispose() => _folder.Dispose();

    private async Task StopAsync()
    {
        _channel?.Dispose();
        await StopSiloAsync();
    }
}
