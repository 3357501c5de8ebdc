using Grpc.Core;

namespace Granary.Dashboard.Live;

internal sealed partial class LiveFeed
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The silo does not list its sweeps ({Code}: {Detail}); asking again.")]
    private partial void LogSiloAway(StatusCode code, string detail);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The stream of {Sweep} broke ({Code}: {Detail}); opening it again.")]
    private partial void LogStreamBroke(string sweep, StatusCode code, string detail);
}
