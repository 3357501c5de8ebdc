using Granary.Pools;
using Orleans.Concurrency;

namespace Granary.Trials;

/// <summary>One trial's state machine, attempts, gang, reports and checkpoints. Key: the trial's id.</summary>
[Alias("granary.ITrialGrain")]
public interface ITrialGrain : IGrainWithStringKey
{
    /// <summary>Queues the trial. Repeating it changes nothing.</summary>
    /// <param name="definition">What it is made from.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("Create")]
    Task CreateAsync(TrialDefinition definition, CancellationToken cancellationToken);

    /// <summary>Takes the trial up again after a restart: repeats the request for devices or the check of its gang.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("EnsureRunning")]
    Task EnsureRunningAsync(CancellationToken cancellationToken);

    /// <summary>The trial as it stands; null where no such trial exists.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("Get"), AlwaysInterleave]
    Task<TrialSnapshot?> GetAsync(CancellationToken cancellationToken);

    /// <summary>The pool has placed the gang. Repeating it changes nothing.</summary>
    /// <param name="placement">Devices, one per rank.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("Placed")]
    Task PlacedAsync(Placement placement, CancellationToken cancellationToken);

    /// <summary>The pool has a device for the worker that takes a lost one's place. Repeating it changes nothing.</summary>
    /// <param name="rank">The new worker.</param>
    /// <param name="device">Its device.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("Replaced")]
    Task ReplacedAsync(RankId rank, DeviceId device, CancellationToken cancellationToken);

    /// <summary>
    /// A worker has started, or the ring that it was in has broken, and it tells where it listens; ask again until the gang is complete.
    /// When the answer is about a later ring, the worker is to listen for that one.
    /// </summary>
    /// <param name="arrival">The worker.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="StaleAttemptException">The attempt is not the current one, or another worker has taken this place.</exception>
    [Alias("Join")]
    Task<GangMembers> JoinAsync(RankArrival arrival, CancellationToken cancellationToken);

    /// <summary>An epoch has ended. Repeating a report gives the same answer.</summary>
    /// <param name="report">The report.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="StaleAttemptException">The attempt is not the current one.</exception>
    [Alias("ReportEpoch")]
    Task<EpochDirective> ReportEpochAsync(EpochReport report, CancellationToken cancellationToken);

    /// <summary>A checkpoint taken between epochs is stored.</summary>
    /// <param name="attempt">The attempt that speaks.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="StaleAttemptException">The attempt is not the current one.</exception>
    [Alias("ReportCheckpoint")]
    Task ReportCheckpointAsync(AttemptId attempt, CheckpointRef checkpoint, CancellationToken cancellationToken);

    /// <summary>A worker has ended, or its node is lost. Repeating it changes nothing.</summary>
    /// <param name="ended">How it ended.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("RankExited")]
    Task RankExitedAsync(RankExit ended, CancellationToken cancellationToken);

    /// <summary>Writes a checkpoint and gives the devices back. Repeating it changes nothing.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("Pause")]
    Task PauseAsync(CancellationToken cancellationToken);

    /// <summary>Goes on after a pause. Repeating it changes nothing.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("Resume")]
    Task ResumeAsync(CancellationToken cancellationToken);

    /// <summary>Ends the trial; what it reported stays. Repeating it changes nothing.</summary>
    /// <param name="reason">Why, in words.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("Stop")]
    Task StopAsync(string reason, CancellationToken cancellationToken);
}
