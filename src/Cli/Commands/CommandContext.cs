using Granary.Cli.Local;
using Grpc.Net.Client;
using Spectre.Console;

namespace Granary.Cli.Commands;

/// <summary>What every command talks to.</summary>
/// <param name="Out">Where results go.</param>
/// <param name="Error">Where problems go.</param>
/// <param name="Time">The clock.</param>
internal sealed record CommandContext(IAnsiConsole Out, TextWriter Error, TimeProvider Time)
{
    /// <summary>Prints one line as it is, however narrow the terminal.</summary>
    public void Say(string line) => Out.Profile.Out.Writer.WriteLine(line);

    /// <summary>A silo to talk to: the one at <paramref name="silo"/>, or that of the state folder, started when none runs there.</summary>
    public static async Task<SiloConnection> ConnectAsync(
        Uri? silo, StateFolder state, LocalClusterOptions options, CancellationToken cancellationToken)
    {
        LocalCluster? cluster = silo is null ? await LocalCluster.OpenAsync(state, options, cancellationToken) : null;
        Uri address = silo ?? cluster!.Silo;
        return new SiloConnection(GrpcChannel.ForAddress(address, new GrpcChannelOptions { MaxReceiveMessageSize = 64 << 20 }), cluster);
    }
}
