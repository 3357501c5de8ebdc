using System.Diagnostics;
using Granary.Trainer.Collectives;

namespace Granary.Trainer.Gpu;

/// <summary>
/// The ranks of a ring joined by NCCL, each on a GPU of its own. The ring watches over them: when it breaks, whatever NCCL does ends.
/// Used by the thread of the collectives, but for its beginning and end.
/// </summary>
internal sealed class NcclRanks : IDisposable
{
    private readonly NcclLibrary _nccl;
    private readonly ICollective _ring;
    private readonly nint _communicator;
    private bool _left;

    private NcclRanks(NcclLibrary nccl, ICollective ring, nint communicator) => (_nccl, _ring, _communicator) = (nccl, ring, communicator);

    /// <summary>Joins; every rank calls it.</summary>
    /// <param name="nccl">The library.</param>
    /// <param name="ring">The ranks.</param>
    /// <param name="stream">A stream of this rank's GPU.</param>
    /// <param name="id">The same on every rank.</param>
    /// <param name="wait">For the other ranks.</param>
    /// <exception cref="GpuException">NCCL failed, or a rank did not come.</exception>
    /// <exception cref="CollectiveException">A rank is gone.</exception>
    public static NcclRanks Join(NcclLibrary nccl, ICollective ring, GpuStream stream, ReadOnlySpan<byte> id, LaneWait wait)
    {
        stream.Enter();
        var ranks = new NcclRanks(nccl, ring, nccl.Join(id, ring.Rank, ring.WorldSize));
        ranks.Settle(wait, "join");
        return ranks;
    }

    /// <summary>Sums numbers on the GPU and waits for it.</summary>
    /// <param name="values">Where they are, and where the sums go.</param>
    /// <param name="count">How many.</param>
    /// <param name="stream">Where it takes its turn.</param>
    /// <param name="summed">Happens with the sum.</param>
    /// <param name="wait">For the other ranks.</param>
    /// <exception cref="GpuException">NCCL or the GPU failed.</exception>
    /// <exception cref="CollectiveException">A rank is gone.</exception>
    public void Sum(nint values, long count, GpuStream stream, GpuEvent summed, LaneWait wait)
    {
        ObjectDisposedException.ThrowIf(_left, this);
        try
        {
            stream.Enter();
            _nccl.AllReduce(values, count, _communicator, stream.Handle);
            Settle(wait, "sum");
            stream.Mark(summed);
            summed.Await(wait, Look);
        }
        catch
        {
            // The GPU would wait for the others for ever, and with it everything that is given to it later.
            Dispose();
            throw;
        }
    }

    /// <summary>Leaves. Each sum was followed by one over the ring, so no rank is in the middle of one any more unless the ring broke.</summary>
    public void Dispose()
    {
        if (_left) return;
        _left = true;
        _nccl.Abort(_communicator);
    }

    private void Settle(LaneWait wait, string what)
    {
        var start = Stopwatch.GetTimestamp();
        var spin = default(SpinWait);
        try
        {
            while (!_nccl.IsReady(_communicator))
            {
                wait.Token.ThrowIfCancellationRequested();
                Look();
                if (wait.Patience != Timeout.InfiniteTimeSpan && Stopwatch.GetElapsedTime(start) > wait.Patience)
                    throw new GpuException($"NCCL did not {what} within {wait.Patience.TotalSeconds:0} s.");
                spin.SpinOnce();
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private void Look()
    {
        if (_ring.Failure is { } failure) throw failure;
    }
}
