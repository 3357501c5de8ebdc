namespace Granary.Pools;

/// <summary>One node: its agent's session, heartbeat and the commands under way. Key: the node's name.</summary>
[Alias("granary.INodeGrain")]
public interface INodeGrain : IGrainWithStringKey
{
    /// <summary>The node's agent has connected: its devices join their pool, commands under way are sent again, and leases of workers that no longer run are given up.</summary>
    /// <param name="hello">The node.</param>
    /// <param name="observer">Takes commands for it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("Attach")]
    Task AttachAsync(NodeHello hello, INodeObserver observer, CancellationToken cancellationToken);

    /// <summary>
    /// The agent lives. true: all is well. false: the node does not know this session as the current one (it was lost in between, or
    /// the grain has moved): end the stream, so that the agent attaches again and says what runs.
    /// </summary>
    /// <param name="session">Its session.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("Heartbeat")]
    Task<bool> HeartbeatAsync(string session, CancellationToken cancellationToken);

    /// <summary>The agent's stream has ended. Its workers may still run: they count as lost only when no agent returns in time.</summary>
    /// <param name="session">Its session; an older one is ignored.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("Detach")]
    Task DetachAsync(string session, CancellationToken cancellationToken);

    /// <summary>Starts a worker; sent again after a reconnect until the worker is seen or stopped.</summary>
    /// <param name="launch">What to start.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("StartRank")]
    Task StartRankAsync(RankLaunch launch, CancellationToken cancellationToken);

    /// <summary>Ends a worker; sent again after a reconnect until its exit is seen.</summary>
    /// <param name="command">What to end.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("StopRank")]
    Task StopRankAsync(RankStop command, CancellationToken cancellationToken);

    /// <summary>A trial asks after a worker: its end, or its loss, will be reported; one that the node does not know is reported as lost.</summary>
    /// <param name="rank">The worker.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("WatchRank")]
    Task WatchRankAsync(RankId rank, CancellationToken cancellationToken);

    /// <summary>The agent saw a worker end.</summary>
    /// <param name="session">The agent's session.</param>
    /// <param name="ended">How it ended.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("RankExited")]
    Task RankExitedAsync(string session, Granary.Trials.RankExit ended, CancellationToken cancellationToken);
}
