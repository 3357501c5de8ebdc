using Granary.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Granary.EndToEnd.Tests.Support;

/// <summary>Asks a running silo, as any program may.</summary>
internal sealed class Silo(string address) : IDisposable
{
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress($"http://{address}");

    public static async Task<Silo> FindAsync(string folder) => new(await GranaryCommand.RecordAsync(folder, "silo", "grpc"));

    public Sweeps.SweepsClient Sweeps => new(_channel);

    /// <summary>The sweep; null when the silo does not answer or does not know it.</summary>
    public async Task<Sweep?> GetAsync(string sweep)
    {
        try
        {
            return await Sweeps.GetAsync(new SweepRequest { Sweep = sweep }, deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(10));
        }
        catch (RpcException)
        {
            return null;
        }
    }

    public void Dispose() => _channel.Dispose();
}
