using System.Runtime.InteropServices;
using Granary.Trainer.Collectives;
using Granary.Trainer.Gpu;
using Granary.Trainer.Learning;
using Granary.Trainer.Models;
using Granary.Trainer.Parallel;
using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Gpu;

/// <summary>
/// The ways of gradients out of a GPU, over a library that stands in for its driver and for NCCL: it carries out late what it is given, so
/// that a missing wait shows in the sums. What it cannot show is how fast a GPU is.
/// </summary>
public sealed class GpuLaneTests(StandIn standIn) : IClassFixture<StandIn>
{
    private const int Count = 70_000;
    private const int Rounds = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly LaneWait Wait = new(Patience, CancellationToken.None);

    [NativeTheory]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public async Task Sum_RoundAfterRound_EveryRankHasTheSumOfWhatWasComputedLast(int ranks, bool nccl)
    {
        using var ring = new MemoryRing(ranks, new RingOptions());
        var libraries = nccl ? standIn.Both : standIn.DriverAlone;

        var sums = await Task.WhenAll(ring.Ranks.Select(rank => RoundsAsync(rank, rank.Rank, libraries, nccl))).WaitAsync(Patience);

        // Rank r computes r + 1 + round everywhere: sums of few small whole numbers are exact.
        for (var round = 0; round < Rounds; round++)
        {
            var expected = Enumerable.Range(0, ranks).Sum(rank => rank + 1f + round);
            Assert.All(sums, sum => Assert.All(sum[round], value => Assert.Equal(expected, value)));
        }
    }

    [NativeTheory]
    [InlineData(new[] { 0, 0 }, true, "one GPU serves both")]
    [InlineData(new[] { 0, 1 }, false, "nobody wants it")]
    [InlineData(new[] { 0, -1 }, true, "a rank has no GPU")]
    public async Task Create_NcclCannotJoinTheRanks_TheSumsPassThroughMainMemory(int[] gpus, bool wanted, string why)
    {
        using var ring = new MemoryRing(2, new RingOptions());

        var direct = await Task.WhenAll(ring.Ranks.Select(async rank =>
        {
            int? gpu = gpus[rank.Rank] < 0 ? null : gpus[rank.Rank];
            using var lane = await GpuLane.CreateAsync(rank, gpu, wanted, standIn.Both, Wait);
            Assert.Equal(gpu is null, lane is null);
            return lane?.IsDirect ?? false;
        })).WaitAsync(Patience);

        Assert.True(direct.All(one => !one), why);
    }

    [NativeFact]
    public async Task Create_NoDriver_ThereIsNoLane()
    {
        using var ring = new MemoryRing(2, new RingOptions());
        var none = new GpuLibraries("libgranary-no-driver.so", "libgranary-no-nccl.so");

        var lanes = await Task.WhenAll(ring.Ranks.Select(rank => GpuLane.CreateAsync(rank, 0, true, none, Wait))).WaitAsync(Patience);

        Assert.All(lanes, Assert.Null);
    }

    [NativeTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sum_OtherRankIsLost_EndsWithTheReasonAndLeavesNothingUnderWay(bool nccl)
    {
        using var ring = new MemoryRing(2, new RingOptions());
        var lanes = await Task.WhenAll(ring.Ranks.Select(
            rank => GpuLane.CreateAsync(rank, rank.Rank, true, nccl ? standIn.Both : standIn.DriverAlone, Wait)));
        using var numbers = new Numbers(lanes[0]!);
        numbers.Values.Send();
        var sum = ring.Ranks[0].AllReduceAsync(numbers.Values, Timeout.InfiniteTimeSpan, CancellationToken.None);

        ring.Ranks[1].Abort("its power failed");

        var failure = await Assert.ThrowsAsync<CollectiveException>(() => sum.WaitAsync(Patience));
        Assert.Contains("its power failed", failure.Message, StringComparison.Ordinal);
        numbers.Dispose();
        foreach (var lane in lanes) lane!.Dispose();
    }

    [NativeFact]
    public async Task Sum_SilentRank_EndsWithItsPatienceAndBreaksTheRing()
    {
        using var ring = new MemoryRing(2, new RingOptions());
        var lanes = await Task.WhenAll(ring.Ranks.Select(rank => GpuLane.CreateAsync(rank, rank.Rank, true, standIn.Both, Wait)));
        using var numbers = new Numbers(lanes[0]!);
        numbers.Values.Send();

        var sum = ring.Ranks[0].AllReduceAsync(numbers.Values, TimeSpan.FromSeconds(1), CancellationToken.None);

        var failure = await Assert.ThrowsAsync<GpuException>(() => sum.WaitAsync(Patience));
        Assert.Contains("did not finish within 1 s", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(ring.Ranks[1].Failure);
        numbers.Dispose();
        foreach (var lane in lanes) lane!.Dispose();
    }

    [NativeFact]
    public async Task Join_RankDoesNotCome_EndsWithItsPatience()
    {
        using var ring = new MemoryRing(2, new RingOptions());
        var nccl = NcclLibrary.TryLoad(standIn.Both.Nccl)!;
        using var stream = new GpuStream(CudaDriver.TryLoad(standIn.Both.Cuda)!, 0);
        var wait = new LaneWait(TimeSpan.FromSeconds(1), CancellationToken.None);

        var failure = await Assert.ThrowsAsync<GpuException>(
            () => Task.Run(() => NcclRanks.Join(nccl, ring.Ranks[0], stream, nccl.DrawId(), wait)).WaitAsync(Patience));

        Assert.Contains("NCCL did not join within 1 s", failure.Message, StringComparison.Ordinal);
    }

    // Without a lane the same network's gradients are views of main memory: the sums have the same bits.
    [NativeTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Gradients_OverAGpusLane_HaveTheBitsOfTheRing(bool nccl)
    {
        var libraries = nccl ? standIn.Both : standIn.DriverAlone;

        var plain = await GradientsAsync(null);
        var lanes = await GradientsAsync(libraries);

        Assert.Equal(plain[0], plain[1]);
        Assert.Equal(plain[0], lanes[0]);
        Assert.Equal(plain[0], lanes[1]);
    }

    private static async Task<float[][]> RoundsAsync(ICollective rank, int gpu, GpuLibraries libraries, bool nccl)
    {
        using var lane = await GpuLane.CreateAsync(rank, gpu, direct: true, libraries, Wait);
        Assert.Equal(nccl, lane!.IsDirect);
        using var numbers = new Numbers(lane);
        Assert.Equal(!nccl, numbers.PassThroughMainMemory);
        var sums = new float[Rounds][];
        for (var round = 0; round < Rounds; round++)
        {
            numbers.Device.AsSpan().Fill(rank.Rank + 1 + round);
            numbers.Values.Send();
            await rank.AllReduceAsync(numbers.Values, Patience, CancellationToken.None);
            numbers.Values.Receive();
            sums[round] = [.. numbers.Device];
        }

        return sums;
    }

    private static async Task<float[][]> GradientsAsync(GpuLibraries? libraries)
    {
        using var ring = new MemoryRing(2, new RingOptions());
        return await Task.WhenAll(ring.Ranks.Select(
            rank => TrainingThread.RunAsync($"rank {rank.Rank}", () => Gradients(rank, libraries)))).WaitAsync(Patience);
    }

    private static float[] Gradients(ICollective rank, GpuLibraries? libraries)
    {
        using var network = ModelFactory.Create("lenet-relu", new ModelShape(1, 10, 28));
        using (no_grad())
        using (NewDisposeScope())
        {
            // The generator belongs to both ranks' threads: what it draws depends on their turns.
            foreach (var parameter in network.parameters()) parameter.copy_(arange(parameter.numel()).sin().mul(0.1).reshape(parameter.shape));
        }

        using var picture = full([1, 1, 28, 28], 0.25f * (rank.Rank + 1));
        using var lane = libraries is null
            ? null
            : TrainingThread.Await(() => GpuLane.CreateAsync(rank, rank.Rank, true, libraries, Wait));
        using var sums = new GradientSums(rank, BucketPlan.Of(network, bytes: 100_000, firstBytes: 1_000), TimeProvider.System, lane);
        using (NewDisposeScope())
        {
            sums.Begin(Patience, CancellationToken.None);
            var loss = network.call(picture).sum();
            sums.Open();
            loss.backward();
            TrainingThread.Await(() => sums.CompleteAsync(new float[1]));
            sums.Publish();
        }

        return [.. network.parameters().SelectMany(parameter => parameter.grad!.data<float>().ToArray())];
    }

    /// <summary>Numbers in what the stand-in takes for device memory.</summary>
    private sealed class Numbers : IDisposable
    {
        private readonly GCHandle _pinned;
        private bool _disposed;

        public Numbers(GpuLane lane)
        {
            _pinned = GCHandle.Alloc(Device, GCHandleType.Pinned);
            Values = lane.Values(_pinned.AddrOfPinnedObject(), Count, () =>
            {
                PassThroughMainMemory = true;
                return new float[Count];
            });
        }

        public float[] Device { get; } = new float[Count];

        public GpuValues Values { get; }

        public bool PassThroughMainMemory { get; private set; }

        public void Dispose()
        {
            if (_disposed) return;
            _disposed = true;
            Values.Dispose();
            _pinned.Free();
        }
    }
}
