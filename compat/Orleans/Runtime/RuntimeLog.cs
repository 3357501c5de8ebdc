using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>What the runtime tells the operator.</summary>
internal static partial class RuntimeLog
{
    [LoggerMessage(1, LogLevel.Information, "Silo started: gateway at {Gateway}, cluster {ClusterId}, {Classes} grain classes.")]
    public static partial void SiloStarted(this ILogger logger, string gateway, string clusterId, int classes);

    [LoggerMessage(2, LogLevel.Information, "Silo stopping: {Activations} activations to end.")]
    public static partial void SiloStopping(this ILogger logger, int activations);

    [LoggerMessage(3, LogLevel.Warning, "Silo stopped with {Activations} activations that did not end in time.")]
    public static partial void ActivationsLeft(this ILogger logger, int activations);

    [LoggerMessage(4, LogLevel.Error, "Grain {GrainId} failed to activate.")]
    public static partial void ActivationFailed(this ILogger logger, Exception exception, GrainId grainId);

    [LoggerMessage(5, LogLevel.Error, "Grain {GrainId} failed to deactivate; its activation has ended nevertheless.")]
    public static partial void DeactivationFailed(this ILogger logger, Exception exception, GrainId grainId);

    [LoggerMessage(6, LogLevel.Error, "A timer of grain {GrainId} failed; it ticks on.")]
    public static partial void TimerFailed(this ILogger logger, Exception exception, GrainId grainId);

    [LoggerMessage(7, LogLevel.Warning, "Connection from {Remote} refused: {Reason}")]
    public static partial void ConnectionRefused(this ILogger logger, string remote, string reason);

    [LoggerMessage(8, LogLevel.Information, "Client {ClientId} connected from {Remote}.")]
    public static partial void ClientConnected(this ILogger logger, string clientId, string remote);

    [LoggerMessage(9, LogLevel.Information, "Connection with {Peer} ended: {Reason}")]
    public static partial void ConnectionEnded(this ILogger logger, string peer, string reason);

    [LoggerMessage(10, LogLevel.Warning, "Connecting to gateway {Gateway} failed: {Reason} Trying again in {Delay}.")]
    public static partial void ConnectFailed(this ILogger logger, string gateway, string reason, TimeSpan delay);

    [LoggerMessage(11, LogLevel.Information, "Connected to gateway {Gateway}.")]
    public static partial void Connected(this ILogger logger, string gateway);

    [LoggerMessage(12, LogLevel.Error, "The runtime's own timer failed; it goes on.")]
    public static partial void HousekeepingFailed(this ILogger logger, Exception exception);
}
