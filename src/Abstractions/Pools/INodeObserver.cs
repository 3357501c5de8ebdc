namespace Granary.Pools;

/// <summary>
/// The silo that holds an agent's stream: takes commands for the agent. Each is safe to repeat. The runtime drops a message to an object
/// that has gone, so each call has a short limit of its own, after which it throws <see cref="TimeoutException"/>.
/// </summary>
[Alias("granary.INodeObserver")]
public interface INodeObserver : IGrainObserver
{
    /// <summary>Starts a worker; nothing happens when it runs already.</summary>
    /// <param name="launch">What to start.</param>
    [Alias("StartRank"), ResponseTimeout("00:00:05")]
    Task StartRankAsync(RankLaunch launch);

    /// <summary>Ends a worker; nothing happens when it does not run.</summary>
    /// <param name="command">What to end.</param>
    [Alias("StopRank"), ResponseTimeout("00:00:05")]
    Task StopRankAsync(RankStop command);
}
