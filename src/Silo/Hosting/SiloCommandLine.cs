namespace Granary.Silo.Hosting;

/// <summary>Reads the silo's command line: <c>--name value</c>, <c>--name=value</c>, and flags without a value.</summary>
internal static class SiloCommandLine
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Usage = """
        usage: granary-silo [--name value]...
          --state DIR               folder of everything it keeps (.granary)
          --grpc HOST:PORT          gRPC services; port 0 takes a free one (127.0.0.1:0)
          --http HOST:PORT          /metrics, /healthz and /readyz (127.0.0.1:0)
          --host ADDRESS            where other silos and grain clients reach it (127.0.0.1)
          --silo-port PORT          between silos (0: a free one)
          --gateway-port PORT       grain clients such as the dashboard (0: a free one)
          --cluster-id NAME         clients of another cluster are refused (granary)
          --log-level LEVEL         trace, debug, information, warning, error, critical or none (information)
          --exit-with-parent        stop when standard input ends
          --heartbeat-seconds N     between an agent's heartbeats (2)
          --lost-seconds N          a node counts as lost after this silence (15)
          --join-seconds N          the ranks of a gang wait for each other (300)
          --stop-seconds N          a graceful stop may take (10)
          --max-watchers N          watch streams at the same time (256)
          --max-steps-per-trial N   measured steps kept before older ones are thinned (20000)
        """;

    private static readonly Dictionary<string, string> Settings = new[]
    {
        nameof(SiloOptions.State), nameof(SiloOptions.Grpc), nameof(SiloOptions.Http), nameof(SiloOptions.Host),
        nameof(SiloOptions.SiloPort), nameof(SiloOptions.GatewayPort), nameof(SiloOptions.ClusterId), nameof(SiloOptions.LogLevel),
        nameof(SiloOptions.HeartbeatSeconds), nameof(SiloOptions.LostSeconds), nameof(SiloOptions.JoinSeconds),
        nameof(SiloOptions.StopSeconds), nameof(SiloOptions.MaxWatchers), nameof(SiloOptions.MaxStepsPerTrial),
        nameof(SiloOptions.ExitWithParent),
    }.ToDictionary(OptionOf, name => name);

    /// <summary>The settings that the arguments name.</summary>
    /// <param name="arguments">The command line without the program.</param>
    /// <exception cref="SiloUsageException">An argument is unknown or lacks its value: the message lists all of them.</exception>
    public static Dictionary<string, string?> Parse(IReadOnlyList<string> arguments)
    {
        var settings = new Dictionary<string, string?>();
        var mistakes = new List<string>();
        for (int i = 0; i < arguments.Count; i++)
        {
            string[] parts = arguments[i].Split('=', 2);
            if (!Settings.TryGetValue(parts[0], out string? setting))
                mistakes.Add($"'{arguments[i]}' is not an option{Names.Hint(parts[0], Settings.Keys)}.");
            else if (parts.Length == 2)
                settings[$"{SiloOptions.Section}:{setting}"] = parts[1];
            else if (setting == nameof(SiloOptions.ExitWithParent))
                settings[$"{SiloOptions.Section}:{setting}"] = bool.TrueString;
            else if (i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal))
                settings[$"{SiloOptions.Section}:{setting}"] = arguments[++i];
            else
                mistakes.Add($"{parts[0]} needs a value.");
        }

        return mistakes.Count == 0 ? settings : throw new SiloUsageException(mistakes);
    }

    // GatewayPort is --gateway-port.
    private static string OptionOf(string name) => "-" + string.Concat(
        name.Select(letter => char.IsUpper(letter) ? $"-{char.ToLowerInvariant(letter)}" : $"{letter}"));
}
