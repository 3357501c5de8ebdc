namespace Granary.Silo.Hosting;

/// <summary>Everything about a silo that somebody may choose.</summary>
internal sealed class SiloOptions
{
    /// <summary>The configuration section; a setting is also read from the environment, such as <c>GRANARY_SILO__STATE</c>.</summary>
    public const string Section = "Silo";

    /// <summary>Folder of everything the silo keeps; made when it is not there.</summary>
    public string State { get; set; } = ".granary";

    /// <summary>host:port of the gRPC services; port 0 takes a free one.</summary>
    public string Grpc { get; set; } = "127.0.0.1:0";

    /// <summary>host:port of <c>/metrics</c>, <c>/healthz</c> and <c>/readyz</c>; port 0 takes a free one.</summary>
    public string Http { get; set; } = "127.0.0.1:0";

    /// <summary>IP address at which other silos and grain clients reach this silo; 0.0.0.0: every address of this machine.</summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>Port between silos, 0 to 65,535; 0 takes a free one.</summary>
    public int SiloPort { get; set; }

    /// <summary>Port of grain clients such as the dashboard, 0 to 65,535; 0 takes a free one.</summary>
    public int GatewayPort { get; set; }

    /// <summary>Clients connect only to a silo of the same cluster id; 1 to 100 characters.</summary>
    public string ClusterId { get; set; } = "granary";

    /// <summary>The least serious message that is logged: trace, debug, information, warning, error, critical or none.</summary>
    public LogLevel LogLevel { get; set; } = LogLevel.Information;

    /// <summary>Stop when standard input ends, that is when the process that started the silo has ended.</summary>
    public bool ExitWithParent { get; set; }

    /// <summary>Seconds between an agent's heartbeats, 0.1 to 60.</summary>
    public double HeartbeatSeconds { get; set; } = 2;

    /// <summary>
    /// Seconds of silence after which an agent's stream is ended and its node counts as lost, 0.5 to 600; two heartbeats at least.
    /// </summary>
    public double LostSeconds { get; set; } = 15;

    /// <summary>Seconds that the ranks of a gang wait for each other at most, 1 to 3,600.</summary>
    public double JoinSeconds { get; set; } = 300;

    /// <summary>Seconds a graceful stop may take, 1 to 300.</summary>
    public double StopSeconds { get; set; } = 10;

    /// <summary>Watch streams served at the same time, 1 to 10,000.</summary>
    public int MaxWatchers { get; set; } = 256;

    /// <summary>Measured steps kept per trial before older ones are thinned, 100 to 10,000,000.</summary>
    public int MaxStepsPerTrial { get; set; } = 20_000;
}
