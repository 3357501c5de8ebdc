using Granary.Trainer.Collectives;

namespace Granary.Trainer.Gpu;

/// <summary>
/// How gradients leave a GPU while it computes: from GPU to GPU over NCCL where every rank has its library and a GPU of its own, otherwise
/// through page-locked main memory and the ring's lanes. Copies and sums have streams of their own.
/// </summary>
internal sealed class GpuLane : IDisposable
{
    private readonly ICollective _ring;
    private readonly NcclRanks? _ranks;

    private GpuLane(ICollective ring, GpuStream down, GpuStream up, NcclRanks? ranks) => (_ring, Down, Up, _ranks) = (ring, down, up, ranks);

    /// <summary>To main memory.</summary>
    public GpuStream Down { get; }

    /// <summary>From main memory, and from GPU to GPU.</summary>
    public GpuStream Up { get; }

    /// <summary>The sums go from GPU to GPU.</summary>
    public bool IsDirect => _ranks is not null;

    /// <summary>Every rank calls it once, before its first sum, whether it has a GPU or not.</summary>
    /// <param name="ring">The ranks.</param>
    /// <param name="ordinal">This rank's GPU among those that this process sees, from 0; null: it has none.</param>
    /// <param name="direct">NCCL may be used; the same on every rank.</param>
    /// <param name="libraries">Where the libraries are.</param>
    /// <param name="wait">For the other ranks.</param>
    /// <returns>null: there is no GPU, or its driver cannot be reached beside libtorch.</returns>
    /// <exception cref="CollectiveException">A rank is gone.</exception>
    /// <exception cref="GpuException">NCCL is there, and could not join the ranks.</exception>
    public static async Task<GpuLane?> CreateAsync(
        ICollective ring, int? ordinal, bool direct, GpuLibraries libraries, LaneWait wait)
    {
        var (down, up) = Streams(ordinal, libraries);
        try
        {
            var nccl = direct && up is not null ? NcclLibrary.TryLoad(libraries.Nccl) : null;
            var ranks = await MeetAsync(ring, nccl, up, wait);
            return up is null ? null : new GpuLane(ring, down!, up, ranks);
        }
        catch
        {
            down?.Dispose();
            up?.Dispose();
            throw;
        }
    }

    /// <summary>Numbers on this rank's GPU.</summary>
    /// <param name="device">Where they are.</param>
    /// <param name="count">How many.</param>
    /// <param name="main">Gives as much page-locked main memory; called only where it is needed.</param>
    public GpuValues Values(nint device, long count, Func<Memory<float>> main) =>
        _ranks is null ? new StagedValues(this, device, main()) : new NcclValues(this, _ranks, device, count);

    /// <summary>Throws what broke the ring, if it is broken.</summary>
    public void ThrowIfBroken()
    {
        if (_ring.Failure is { } failure) throw failure;
    }

    /// <summary>Returns when all that was given to the streams is done.</summary>
    public void Finish()
    {
        Down.Finish();
        Up.Finish();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // First: what NCCL still does may wait for others, and the streams for it.
        _ranks?.Dispose();
        Down.Dispose();
        Up.Dispose();
    }

    private static (GpuStream? Down, GpuStream? Up) Streams(int? ordinal, GpuLibraries libraries)
    {
        if (ordinal is not { } device || CudaDriver.TryLoad(libraries.Cuda) is not { } driver) return (null, null);
        var down = new GpuStream(driver, device);
        try
        {
            return (down, new GpuStream(driver, device));
        }
        catch
        {
            down.Dispose();
            throw;
        }
    }

    // One GPU that serves two ranks cannot wait for itself within NCCL.
    private static async Task<NcclRanks?> MeetAsync(ICollective ring, NcclLibrary? nccl, GpuStream? stream, LaneWait wait)
    {
        byte[] own = [.. BitConverter.GetBytes(nccl?.Version ?? 0), .. nccl is null ? new byte[16] : stream!.DeviceUuid];
        var all = new byte[own.Length * ring.WorldSize];
        await ring.AllGatherAsync(own, all, wait.Patience, wait.Token);
        var ranks = all.Chunk(own.Length).ToArray();
        var alike = nccl is not null && ranks.All(rank => rank.AsSpan(0, sizeof(int)).SequenceEqual(own.AsSpan(0, sizeof(int))));
        if (!alike || ranks.DistinctBy(Convert.ToHexString).Count() < ranks.Length) return null;
        var id = ring.Rank == 0 ? nccl!.DrawId() : new byte[NcclLibrary.IdBytes];
        await ring.BroadcastAsync(id, wait.Patience, wait.Token);
        return NcclRanks.Join(nccl!, ring, stream!, id, wait);
    }
}
