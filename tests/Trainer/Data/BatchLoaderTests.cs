using Granary.Trainer.Data;

namespace Granary.Trainer.Tests.Data;

public sealed class BatchLoaderTests
{
    private static readonly ImageSet Set = new(
        "set", 1, 28, [.. Enumerable.Range(0, 20).SelectMany(IdxFiles.Picture)], [.. Enumerable.Range(0, 20).Select(i => i % 10)]);

    private static readonly BatchPlan Plan = new([.. Enumerable.Range(0, 20).Reverse()], BatchSize: 8, Rank: 0, WorldSize: 1);

    [Fact]
    public void Read_FromTheMiddle_GivesTheSamePicturesAsTheWholePass()
    {
        List<byte[]> whole = Read(first: 0);
        List<byte[]> rest = Read(first: 1);

        Assert.Equal(3, whole.Count);
        Assert.Equal(whole[1..], rest);
        Assert.Equal(IdxFiles.Picture(19), whole[0][..784]);
        Assert.Equal(4 * 784, whole[2].Length);
    }

    [Fact]
    public void Read_FromTheEnd_GivesNothing() => Assert.Empty(Read(first: 3));

    [Fact]
    public void Read_LeftEarly_StopsItsThread()
    {
        foreach (HostBatch batch in BatchLoader.Read(Set, Plan, 0, CancellationToken.None))
        {
            batch.Dispose();
            break;
        }

        // Leaving the loop joins the thread: coming here at all is what is tested.
        Assert.Equal(3, Read(first: 0).Count);
    }

    [Fact]
    public void Read_FailingSource_ThrowsItsError()
    {
        var plan = new BatchPlan([0, 99], BatchSize: 1, Rank: 0, WorldSize: 1);

        Assert.ThrowsAny<ArgumentException>(() =>
        {
            foreach (HostBatch batch in BatchLoader.Read(Set, plan, 0, CancellationToken.None))
                batch.Dispose();
        });
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void Read_OnSeveralThreads_GivesTheSameBatchesInTheSameOrder(int threads)
    {
        Assert.Equal(Read(first: 0), Read(first: 0, threads));
        Assert.Equal(Read(first: 2), Read(first: 2, threads));
    }

    [Fact]
    public void Read_TwoDamagedExamples_GivesTheBatchesBeforeAndThenTheFirstOfTheTwoErrors()
    {
        var source = new DamagedSource(11, 13);
        var plan = new BatchPlan([.. Enumerable.Range(0, 40)], BatchSize: 8, Rank: 0, WorldSize: 1);

        for (int repeat = 0; repeat < 50; repeat++)
        {
            var given = new List<int>();
            InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            {
                foreach (HostBatch batch in BatchLoader.Read(source, plan, 0, threads: 4, CancellationToken.None))
                {
                    given.Add(batch.Index);
                    batch.Dispose();
                }
            });

            Assert.Equal("example 11", error.Message);
            Assert.Equal([0], given);
        }
    }

    [Fact]
    public async Task Read_CancelledWhileWaitingForABatch_Ends()
    {
        using var source = new BlockedSource();
        using var cancellation = new CancellationTokenSource();
        var plan = new BatchPlan([0, 1], BatchSize: 2, Rank: 0, WorldSize: 1);

        Task read = Task.Run(() => Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (HostBatch batch in BatchLoader.Read(source, plan, 0, cancellation.Token))
                batch.Dispose();
        }));
        source.Entered.Wait();
        await cancellation.CancelAsync();
        source.Release();

        await read;
    }

    [Fact]
    public void Read_MoreRanksThanExamples_GivesEmptySlices()
    {
        var plan = new BatchPlan([3], BatchSize: 8, Rank: 0, WorldSize: 2);

        HostBatch batch = Assert.Single(BatchLoader.Read(Set, plan, 0, CancellationToken.None));

        Assert.Equal((0, 1), (batch.Count, batch.GlobalSize));
        batch.Dispose();
    }

    private static List<byte[]> Read(int first, int threads = 1)
    {
        var pixels = new List<byte[]>();
        foreach (HostBatch batch in BatchLoader.Read(Set, Plan, first, threads, CancellationToken.None))
        {
            pixels.Add(batch.Pixels.ToArray());
            batch.Dispose();
        }

        return pixels;
    }

    private sealed class DamagedSource(params int[] damaged) : IImageSource
    {
        public int Count => 40;

        public int Channels => 1;

        public int Size => 8;

        public bool IsCostly => true;

        public int Label(int index) => 0;

        public void CopyTo(int index, Span<byte> target)
        {
            if (damaged.Contains(index))
                throw new InvalidDataException($"example {index}");
        }
    }

    private sealed class BlockedSource : IImageSource, IDisposable
    {
        private readonly ManualResetEventSlim _released = new();

        public ManualResetEventSlim Entered { get; } = new();

        public int Count => 2;

        public int Channels => 1;

        public int Size => 8;

        public bool IsCostly => false;

        public int Label(int index) => 0;

        public void CopyTo(int index, Span<byte> target)
        {
            Entered.Set();
            _released.Wait();
        }

        public void Release() => _released.Set();

        public void Dispose()
        {
            Entered.Dispose();
            _released.Dispose();
        }
    }
}
