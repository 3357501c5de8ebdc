namespace Granary.Pools;

/// <summary>One device: the lease of it to one rank of one attempt. Key: the device's id.</summary>
[Alias("granary.IDeviceGrain")]
public interface IDeviceGrain : IGrainWithStringKey
{
    /// <summary>Leases the device; answers who holds it now: the asker when it was free or already the asker's.</summary>
    /// <param name="rank">Who asks.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("Lease")]
    Task<RankId> LeaseAsync(RankId rank, CancellationToken cancellationToken);

    /// <summary>Gives the lease back; nothing happens when <paramref name="rank"/> does not hold it.</summary>
    /// <param name="rank">Who held it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("Release")]
    Task ReleaseAsync(RankId rank, CancellationToken cancellationToken);

    /// <summary>Who holds the device; null when it is free.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("GetHolder")]
    Task<RankId?> GetHolderAsync(CancellationToken cancellationToken);
}
