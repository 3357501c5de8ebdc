using Granary.Cli.Local;
using Granary.V1;
using Grpc.Net.Client;

namespace Granary.Cli.Commands;

/// <summary>A channel to a silo, and the processes behind it when this command started them.</summary>
/// <param name="channel">The channel; owned.</param>
/// <param name="cluster">The cluster on this machine; null for a remote silo; owned.</param>
internal sealed class SiloConnection(GrpcChannel channel, LocalCluster? cluster) : IAsyncDisposable
{
    public Sweeps.SweepsClient Sweeps { get; } = new(channel);

    public Artifacts.ArtifactsClient Artifacts { get; } = new(channel);

    /// <summary>The devices end with this command.</summary>
    public bool Owned => cluster?.Owned ?? false;

    public string? Dashboard => cluster?.Dashboard;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        if (cluster is not null)
        {
            await cluster.DisposeAsync();
        }
    }
}
