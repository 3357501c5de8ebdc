using Granary.Specs;

namespace Granary.Trainer.Tests.Memory;

/// <summary>
/// No network reads memory that nobody has written: two processes compute the whole catalogue, one with every new block of memory filled
/// with 0, one with 0xFF (of which every float and bfloat16 is NaN), and come to the same bits.
/// </summary>
/// <param name="runs">What the two processes printed.</param>
public sealed class UnwrittenMemoryTests(FilledRuns runs) : IClassFixture<FilledRuns>
{
    public static TheoryData<string> Networks => [.. ModelCatalog.All.Select(entry => entry.Name)];

    [NativeTheory]
    [MemberData(nameof(Networks))]
    public void Compute_WithAnyContentOfNewMemory_GivesTheSameBits(string network)
    {
        string[] zeros = runs.Of("0", network);

        // Two precisions, three sizes of a batch.
        Assert.Equal(6, zeros.Length);
        Assert.Equal(zeros, runs.Of("255", network));
    }

    [NativeTheory]
    [InlineData("0")]
    [InlineData("255")]
    public void Fill_ReachesTheTensors(string fill) => Assert.InRange(runs.FilledBytes(fill), 1L << 30, long.MaxValue);
}
