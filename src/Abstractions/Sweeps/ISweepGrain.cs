using Granary.Trials;
using Orleans.Concurrency;

namespace Granary.Sweeps;

/// <summary>One sweep: its spec, its search, the ledger of its trials and its verdict. Key: the sweep's id.</summary>
[Alias("granary.ISweepGrain")]
public interface ISweepGrain : IGrainWithStringKey
{
    /// <summary>Starts the sweep. Repeating it changes nothing.</summary>
    /// <param name="definition">What it is made from.</param>
    /// <param name="cancellationToken">Gives up waiting; the sweep may have started.</param>
    /// <exception cref="SweepFileException">The file is not a valid sweep file.</exception>
    [Alias("Create")]
    Task CreateAsync(SweepDefinition definition, CancellationToken cancellationToken);

    /// <summary>Takes an unfinished sweep up again after a restart; a finished or paused one stays as it is.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("EnsureRunning")]
    Task EnsureRunningAsync(CancellationToken cancellationToken);

    /// <summary>The sweep with its trials; null where no such sweep exists.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("Get"), AlwaysInterleave]
    Task<SweepSnapshot?> GetAsync(CancellationToken cancellationToken);

    /// <summary>Lets running trials write a checkpoint and give their devices back. Repeating it changes nothing.</summary>
    /// <param name="cancellationToken">Gives up waiting; the pause may have begun.</param>
    [Alias("Pause")]
    Task<SweepSummary> PauseAsync(CancellationToken cancellationToken);

    /// <summary>Goes on after a pause. Repeating it changes nothing.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("Resume")]
    Task<SweepSummary> ResumeAsync(CancellationToken cancellationToken);

    /// <summary>Ends the sweep and its trials; what they reported stays.</summary>
    /// <param name="reason">Why, in words.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("Stop")]
    Task<SweepSummary> StopAsync(string reason, CancellationToken cancellationToken);

    /// <summary>A trial tells that it changed. Repeating it changes nothing.</summary>
    /// <param name="trial">The trial as it is now.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("TrialChanged")]
    Task TrialChangedAsync(TrialSnapshot trial, CancellationToken cancellationToken);

    /// <summary>Judges a trial after an epoch: whether the scheduler lets it go on.</summary>
    /// <param name="trial">The trial's number.</param>
    /// <param name="epoch">Epochs completed.</param>
    /// <param name="value">The objective's value at that epoch; NaN when the report lacks it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("Judge")]
    Task<EpochDirective> JudgeAsync(int trial, int epoch, double value, CancellationToken cancellationToken);

    /// <summary>Tells <paramref name="observer"/> of every change from now on; it must be renewed every minute.</summary>
    /// <param name="observer">Who is told.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("Subscribe")]
    Task SubscribeAsync(ISweepObserver observer, CancellationToken cancellationToken);

    /// <summary>Tells <paramref name="observer"/> nothing more.</summary>
    /// <param name="observer">Who was told.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("Unsubscribe")]
    Task UnsubscribeAsync(ISweepObserver observer, CancellationToken cancellationToken);
}
