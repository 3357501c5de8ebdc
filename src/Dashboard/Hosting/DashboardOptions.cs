using System.Net;

namespace Granary.Dashboard.Hosting;

/// <summary>Everything about a dashboard that somebody may choose.</summary>
internal sealed record DashboardOptions
{
    /// <summary>Where the silo's gRPC services are, such as <c>http://127.0.0.1:5201</c>.</summary>
    public required Uri Grpc { get; init; }

    /// <summary>Where the silo's gateway for grain clients is.</summary>
    public required IPEndPoint Gateway { get; init; }

    /// <summary>The silo's cluster id.</summary>
    public string ClusterId { get; init; } = "granary";

    /// <summary>Where the pages are served; port 0 takes a free one.</summary>
    public IPEndPoint Http { get; init; } = new(IPAddress.Loopback, 5200);

    /// <summary>Take a free port when that of <see cref="Http"/> is taken.</summary>
    public bool AnyPort { get; init; }

    /// <summary>File that tells where the pages are once they are served; null: none is written.</summary>
    public string? Record { get; init; }

    /// <summary>Stop when standard input ends.</summary>
    public bool ExitWithParent { get; init; }

    /// <summary>Folder for fetched checkpoints and drawn explanations, used by no other process; null: a temporary one.</summary>
    public string? Cache { get; init; }

    /// <summary>The trainer, which draws explanations; null where it is not installed.</summary>
    public string? Trainer { get; init; }

    /// <summary>The least serious message that is logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;
}
