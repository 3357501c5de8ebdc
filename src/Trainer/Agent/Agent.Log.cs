namespace Granary.Trainer.Agent;

/// <summary>What an agent logs.</summary>
internal static partial class AgentLog
{
    [LoggerMessage(LogLevel.Information, "Node {Node} offers {Devices} to pool {Pool}")]
    public static partial void Offers(this ILogger logger, string node, string devices, string pool);

    [LoggerMessage(LogLevel.Information, "Attached to the silo at {Silo}")]
    public static partial void Attached(this ILogger logger, string silo);

    [LoggerMessage(LogLevel.Warning, "The silo at {Silo} is away ({Reason}); workers go on, the next try is in {Seconds:0.0} s")]
    public static partial void Away(this ILogger logger, string silo, string reason, double seconds);

    [LoggerMessage(LogLevel.Information, "Started {Rank} on {Device} as process {Process}")]
    public static partial void Started(this ILogger logger, RankKey rank, string device, int process);

    [LoggerMessage(LogLevel.Information, "Stopping {Rank}, with a checkpoint: {Checkpoint}")]
    public static partial void Stopping(this ILogger logger, RankKey rank, bool checkpoint);

    [LoggerMessage(LogLevel.Warning, "Killing {Rank}: its device {Device} was given to {Successor}")]
    public static partial void Evicting(this ILogger logger, RankKey rank, string device, RankKey successor);

    [LoggerMessage(LogLevel.Information, "{Rank} ended with exit code {Code}")]
    public static partial void Ended(this ILogger logger, RankKey rank, int code);

    [LoggerMessage(LogLevel.Information, "The agent ends, and its workers with it")]
    public static partial void ShuttingDown(this ILogger logger);
}
