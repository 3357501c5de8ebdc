using Orleans.Concurrency;

namespace Granary.Pools;

/// <summary>A pool: its devices and the gangs that wait for them. Places whole gangs or nothing. Key: the pool's name.</summary>
[Alias("granary.IPoolGrain")]
public interface IPoolGrain : IGrainWithStringKey
{
    /// <summary>A node's devices are there. Repeating it changes nothing.</summary>
    /// <param name="node">The node's name.</param>
    /// <param name="devices">Its devices.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("AddNode")]
    Task AddNodeAsync(string node, IReadOnlyList<NodeDevice> devices, CancellationToken cancellationToken);

    /// <summary>A node's devices are gone; their leases are given up by the node.</summary>
    /// <param name="node">The node's name.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("RemoveNode")]
    Task RemoveNodeAsync(string node, CancellationToken cancellationToken);

    /// <summary>Queues a gang. Its trial is told of the placement. Repeating it changes nothing.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("Request")]
    Task RequestAsync(GangRequest request, CancellationToken cancellationToken);

    /// <summary>Takes a gang out of the queue, or gives its devices back. Repeating it changes nothing.</summary>
    /// <param name="attempt">The attempt that asked.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("Release")]
    Task ReleaseAsync(AttemptId attempt, CancellationToken cancellationToken);

    /// <summary>Gives one rank's device back. Repeating it changes nothing.</summary>
    /// <param name="rank">The rank that held it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("ReleaseRank")]
    Task ReleaseRankAsync(RankId rank, CancellationToken cancellationToken);

    /// <summary>
    /// Asks for a device for the worker that takes a lost one's place in a gang that holds devices; it goes before all gangs that wait, and
    /// its trial is told. Repeating it changes nothing; <see cref="ReleaseRankAsync"/> and <see cref="ReleaseAsync"/> take it back.
    /// </summary>
    /// <param name="rank">The new worker.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("ReplaceRank")]
    Task ReplaceRankAsync(RankId rank, CancellationToken cancellationToken);

    /// <summary>The pool as it stands.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("Get"), AlwaysInterleave]
    Task<PoolSnapshot> GetAsync(CancellationToken cancellationToken);
}
