using Granary.Trainer.Parallel;

namespace Granary.Trainer.Tests.Parallel;

public sealed class BatchStatisticsTests
{
    // Channel 0 of the ranks: 1, 2, 3 | 7 | nothing. Channel 1: 4, 4, 4 | 8 | nothing.
    [Fact]
    public void Join_UnevenParts_GivesMeanAndVarianceOfAllValues()
    {
        (float[] Mean, float[] Variance, double Count)[] parts =
        [
            ([2, 4], [2f / 3, 0], 3),
            ([7, 8], [0, 0], 1),
            ([100, 100], [50, 50], 0),
        ];
        var (mean, variance) = (new float[2], new float[2]);

        var count = BatchStatistics.Join(parts, mean, variance);

        Assert.Equal(4, count);
        Assert.Equal([3.25f, 5], mean);
        // ((1-3.25)² + (2-3.25)² + (3-3.25)² + (7-3.25)²) / 4 and (3 + 9) / 4
        Assert.Equal([5.1875f, 3], variance);
    }
}
