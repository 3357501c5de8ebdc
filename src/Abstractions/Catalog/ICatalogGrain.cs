using Granary.Sweeps;
using Orleans.Concurrency;

namespace Granary.Catalog;

/// <summary>The index of sweeps and pools, for lists and look-up. Key: <see cref="Key"/>.</summary>
[Alias("granary.ICatalogGrain")]
public interface ICatalogGrain : IGrainWithStringKey
{
    /// <summary>The one key.</summary>
    const string Key = "catalog";

    /// <summary>Starts a sweep, or continues the unfinished one of the same file.</summary>
    /// <param name="submission">The file.</param>
    /// <param name="cancellationToken">Gives up waiting; the sweep may have started.</param>
    /// <exception cref="SweepFileException">The file is not a valid sweep file.</exception>
    [Alias("Submit")]
    Task<SubmissionReceipt> SubmitAsync(SweepSubmission submission, CancellationToken cancellationToken);

    /// <summary>The newest sweeps first.</summary>
    /// <param name="limit">At most this many, 1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("List"), AlwaysInterleave]
    Task<IReadOnlyList<SweepSummary>> ListAsync(int limit, CancellationToken cancellationToken);

    /// <summary>The sweep of that id, or the newest of that name; null where there is none.</summary>
    /// <param name="idOrName">An id or a name.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("Find"), AlwaysInterleave]
    Task<SweepSummary?> FindAsync(string idOrName, CancellationToken cancellationToken);

    /// <summary>A sweep tells how it stands.</summary>
    /// <param name="summary">The sweep in one row.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("SweepChanged")]
    Task SweepChangedAsync(SweepSummary summary, CancellationToken cancellationToken);

    /// <summary>A pool exists from now on.</summary>
    /// <param name="pool">Its name.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("PoolSeen")]
    Task PoolSeenAsync(string pool, CancellationToken cancellationToken);

    /// <summary>The names of the pools seen so far.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("ListPools"), AlwaysInterleave]
    Task<IReadOnlyList<string>> ListPoolsAsync(CancellationToken cancellationToken);

    /// <summary>Takes every unfinished sweep up again: called once when a silo starts.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("ResumeAll")]
    Task ResumeAllAsync(CancellationToken cancellationToken);
}
