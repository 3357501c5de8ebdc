using Granary.Trainer.Collectives;

namespace Granary.Trainer.Tests.Collectives;

public sealed class RingLayoutTests
{
    [Theory]
    [InlineData(1, 2, 4)]
    [InlineData(7, 3, 2)]
    [InlineData(8, 4, 2)]
    [InlineData(9, 4, 3)]
    [InlineData(1000, 7, 16)]
    public void Chunk_AllSegments_CoverEveryElementOnceInOrder(int length, int worldSize, int chunk)
    {
        var layout = new RingLayout(length, worldSize, chunk);
        var next = 0;
        for (var segment = 0; segment < worldSize; segment++)
        {
            for (var index = 0; index < layout.ChunksPerSegment; index++)
            {
                var (offset, count) = layout.Chunk(segment, index);
                Assert.InRange(count, 0, chunk);
                if (count == 0) continue;
                Assert.Equal(next, offset);
                next = offset + count;
            }
        }

        Assert.Equal(length, next);
    }
}
