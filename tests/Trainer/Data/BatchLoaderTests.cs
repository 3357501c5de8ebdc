using Granary.Trainer.Data;

namespace Granary.Trainer.Tests.Data;

public sealed class BatchLoaderTests
{
    private static readonly ImageSet Set = new(
        "set", 1, 28, [.. Enumerable.Range(0, 20).SelectMany(IdxFiles.Picture)], [.. Enumerable.Range(0, 20).Select(i => (byte)(i % 10))]);

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

    private static List<byte[]> Read(int first)
    {
        var pixels = new List<byte[]>();
        foreach (HostBatch batch in BatchLoader.Read(Set, Plan, first, CancellationToken.None))
        {
            pixels.Add(batch.Pixels.ToArray());
            batch.Dispose();
        }

        return pixels;
    }
}
