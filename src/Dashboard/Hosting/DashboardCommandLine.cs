using System.Net;
using System.Text.Json;
using Granary.Dashboard.Explaining;

namespace Granary.Dashboard.Hosting;

/// <summary>Reads the dashboard's command line.</summary>
internal static class DashboardCommandLine
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Usage = """
        usage: granary-dashboard (--silo-file FILE | --grpc HOST:PORT --gateway HOST:PORT) [option]...
          --silo-file FILE    the silo's run/silo.json, which names both addresses
          --grpc HOST:PORT    the silo's gRPC services
          --gateway HOST:PORT the silo's gateway for grain clients
          --cluster-id NAME   the silo's cluster id (granary)
          --http HOST:PORT    where the pages are served; port 0 takes a free one (127.0.0.1:5200)
          --any-port          take a free port when that one is taken
          --record FILE       write the address of the pages there
          --cache DIR         keep fetched checkpoints and drawn explanations there (a temporary folder)
          --log-level LEVEL   trace, debug, information, warning, error, critical or none (information)
          --exit-with-parent  stop when standard input ends
        """;

    private static readonly string[] Flags = ["--any-port", "--exit-with-parent"];
    private static readonly string[] Values =
        ["--silo-file", "--grpc", "--gateway", "--cluster-id", "--http", "--record", "--cache", "--log-level"];

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="DashboardUsageException">They cannot be used: the message says which and why.</exception>
    public static DashboardOptions Parse(IReadOnlyList<string> arguments)
    {
        Dictionary<string, string> given = Split(arguments);
        (string grpc, string gateway, string clusterId) = Silo(given);
        return new DashboardOptions
        {
            Grpc = Address(grpc),
            Gateway = EndPoint(gateway, "--gateway"),
            ClusterId = clusterId,
            Http = EndPoint(given.GetValueOrDefault("--http", "127.0.0.1:5200"), "--http"),
            AnyPort = given.ContainsKey("--any-port"),
            Record = given.GetValueOrDefault("--record"),
            Cache = given.GetValueOrDefault("--cache"),
            Trainer = TrainerProgram.Find(),
            ExitWithParent = given.ContainsKey("--exit-with-parent"),
            LogLevel = Enum.TryParse(given.GetValueOrDefault("--log-level", "information"), ignoreCase: true, out LogLevel level) && Enum.IsDefined(level)
                ? level
                : throw new DashboardUsageException($"--log-level is '{given["--log-level"]}'; expected one of {string.Join(", ", Enum.GetNames<LogLevel>()).ToLowerInvariant()}."),
        };
    }

    private static Dictionary<string, string> Split(IReadOnlyList<string> arguments)
    {
        Dictionary<string, string> given = [];
        for (int i = 0; i < arguments.Count; i++)
        {
            string name = arguments[i];
            if (Flags.Contains(name))
            {
                given[name] = "";
            }
            else if (!Values.Contains(name))
            {
                throw new DashboardUsageException($"'{name}' is not an option; expected one of {string.Join(", ", Values.Concat(Flags))}.");
            }
            else if (++i < arguments.Count)
            {
                given[name] = arguments[i];
            }
            else
            {
                throw new DashboardUsageException($"{name} needs a value.");
            }
        }

        return given;
    }

    private static (string Grpc, string Gateway, string ClusterId) Silo(Dictionary<string, string> given)
    {
        string clusterId = given.GetValueOrDefault("--cluster-id", "granary");
        if (given.TryGetValue("--grpc", out string? grpc) && given.TryGetValue("--gateway", out string? gateway))
        {
            return (grpc, gateway, clusterId);
        }

        string path = given.GetValueOrDefault("--silo-file")
            ?? throw new DashboardUsageException("Where is the silo? Give --silo-file, or --grpc and --gateway.");
        try
        {
            using JsonDocument record = JsonDocument.Parse(File.ReadAllText(path));
            string Text(string name) => record.RootElement.GetProperty(name).GetString() ?? "";
            return (Text("grpc"), Text("gateway"), Text("cluster-id"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new DashboardUsageException($"{path} does not say where the silo is ({error.Message}); is a silo running on that state folder?");
        }
    }

    // The host's name stays in the address, so that every connection resolves it anew.
    private static Uri Address(string text) =>
        Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}", UriKind.Absolute, out Uri? address) && address.Port > 0
            ? address
            : throw new DashboardUsageException($"--grpc is '{text}'; expected host:port, such as 127.0.0.1:5201.");

    private static IPEndPoint EndPoint(string text, string option)
    {
        int colon = text.LastIndexOf(':');
        string host = colon > 0 ? text[..colon] : "";
        string address = host == "localhost" ? "127.0.0.1" : host;
        if (colon > 0 && IPEndPoint.TryParse($"{address}:{text[(colon + 1)..]}", out IPEndPoint? endpoint))
        {
            return endpoint;
        }

        if (colon > 0 && ushort.TryParse(text.AsSpan(colon + 1), out ushort port) && Resolve(host) is { } resolved)
        {
            return new IPEndPoint(resolved, port);
        }

        throw new DashboardUsageException($"{option} is '{text}'; expected host:port, such as 127.0.0.1:5200.");
    }

    private static IPAddress? Resolve(string host)
    {
        try
        {
            return Dns.GetHostAddresses(host).FirstOrDefault();
        }
        catch (System.Net.Sockets.SocketException)
        {
            return null;
        }
    }
}
