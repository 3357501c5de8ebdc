namespace Granary.Pools;

/// <summary>The silo that holds an agent's stream: takes commands for the agent. Each is safe to repeat.</summary>
[Alias("granary.INodeObserver")]
public interface INodeObserver : IGrainObserver
{
    /// <summary>Starts a worker; nothing happens when it runs already.</summary>
    /// <param name="launch">What to start.</param>
    [Alias("StartRank")]
    Task StartRankAsync(RankLaunch launch);

    /// <summary>Ends a worker; nothing happens when it does not run.</summary>
    /// <param name="command">What to end.</param>
    [Alias("StopRank")]
    Task StopRankAsync(RankStop command);
}
