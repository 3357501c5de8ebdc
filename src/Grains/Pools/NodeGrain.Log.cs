using Microsoft.Extensions.Logging;

namespace Granary.Grains.Pools;

internal sealed partial class NodeGrain
{
    [LoggerMessage(1, LogLevel.Information, "Node {Node}: agent {Session} attached with {Devices} devices and {Running} running workers.")]
    private partial void LogAttached(string node, string session, int devices, int running);

    [LoggerMessage(2, LogLevel.Warning, "Node {Node}: the stream of agent {Session} ended; its workers are lost unless it returns within {Patience}.")]
    private partial void LogDetached(string node, string session, TimeSpan patience);

    [LoggerMessage(3, LogLevel.Error, "Node {Node} is lost: it was not heard of for {Silence}.")]
    private partial void LogLost(string node, TimeSpan silence);

    [LoggerMessage(4, LogLevel.Warning, "Node {Node} could not {What}; it tries again.")]
    private partial void LogEffectFailed(Exception failure, string node, string what);

    [LoggerMessage(5, LogLevel.Error, "Node {Node}: the trial of {Rank} cannot take its exit.")]
    private partial void LogExitRefused(Exception refusal, string node, RankId rank);
}
