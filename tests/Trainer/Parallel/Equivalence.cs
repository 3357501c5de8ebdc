namespace Granary.Trainer.Tests.Parallel;

/// <summary>N ranks end where one rank ends that has the batch of all of them.</summary>
internal static class Equivalence
{
    private static readonly int[] Worlds = [2, 3, 4];

    /// <summary>
    /// Trains with one rank, and with 2, 3 and 4, which share the same batches, and compares parameters and buffers. A parameter must have
    /// moved by a multiple of what the states may differ by: else nothing was compared.
    /// </summary>
    /// <param name="group">What is trained; its batch is a multiple of 12, so that full batches are shared evenly.</param>
    /// <param name="tolerance">The greatest difference.</param>
    /// <param name="moved">The least movement, in tolerances.</param>
    /// <param name="starts">
    /// Starting points that are tried until the states agree from one. A deep network with batch normalisation parts from itself by a ReLU
    /// that rounding turns another way, from some starts and not from others; an error of the method shows from each.
    /// </param>
    /// <returns>The state that one rank ended with.</returns>
    public static async Task<Dictionary<string, float[]>> RequireAsync(RankGroup group, double tolerance, double moved, int starts = 1)
    {
        List<string> apart = [];
        for (var start = 0; start < starts; start++)
        {
            var seeded = group with { Seed = group.Seed + start };
            var alone = (await seeded.TrainAsync(1))[0];
            Assert.InRange(RankGroup.Distance(seeded.StartingParameters(), alone), moved * tolerance, double.MaxValue);
            if (await ApartAsync(seeded, alone, tolerance) is not { } found) return alone;
            apart.Add(found);
        }

        throw Xunit.Sdk.FailException.ForFailure(string.Join(Environment.NewLine, apart));
    }

    private static async Task<string?> ApartAsync(RankGroup group, Dictionary<string, float[]> alone, double tolerance)
    {
        foreach (var world in Worlds)
        {
            var ranks = await group.TrainAsync(world);
            Assert.All(ranks, rank => Assert.Equal(0, RankGroup.Distance(ranks[0], rank)));
            var distance = RankGroup.Distance(alone, ranks[0]);
            if (!(distance <= tolerance)) return $"With seed {group.Seed}, {world} ranks end {distance:g3} from where one ends.";
        }

        return null;
    }
}
