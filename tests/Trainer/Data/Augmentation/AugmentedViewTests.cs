using Granary.Trainer.Data;
using Granary.Trainer.Data.Augmentation;

namespace Granary.Trainer.Tests.Data.Augmentation;

public sealed class AugmentedViewTests
{
    private const int Draws10K = 10_000;

    private static readonly byte[] Nine = [1, 2, 3, 4, 5, 6, 7, 8, 9];

    [Fact]
    public void CopyTo_Flip_IsThePictureOrItsMirrorHalfTheTime()
    {
        Dictionary<string, int> seen = Count(new AugmentationOptions(Flip: true, 0, 0, 0));

        Assert.Equal(["1 2 3 4 5 6 7 8 9", "3 2 1 6 5 4 9 8 7"], seen.Keys.Order(StringComparer.Ordinal));
        // Binomial of 10,000 halves: standard deviation 50; five of them.
        Assert.InRange(seen["3 2 1 6 5 4 9 8 7"], 4_750, 5_250);
    }

    [Fact]
    public void CopyTo_CropPadding_IsEveryCropOfThePaddedPictureEquallyOften()
    {
        Dictionary<string, int> seen = Count(new AugmentationOptions(Flip: false, CropPadding: 1, 0, 0));

        // The nine 3x3 crops of the 5x5 picture with a border of zeros.
        byte[] padded = [0, 0, 0, 0, 0, 0, 1, 2, 3, 0, 0, 4, 5, 6, 0, 0, 7, 8, 9, 0, 0, 0, 0, 0, 0];
        string[] crops =
        [
            .. from top in Enumerable.Range(0, 3)
               from left in Enumerable.Range(0, 3)
               select string.Join(' ', from y in Enumerable.Range(top, 3) from x in Enumerable.Range(left, 3) select padded[(y * 5) + x]),
        ];
        Assert.Equal(crops.Order(StringComparer.Ordinal), seen.Keys.Order(StringComparer.Ordinal));
        // 1,111 each, standard deviation 31.4.
        Assert.All(seen.Values, count => Assert.InRange(count, 954, 1_268));
    }

    [Fact]
    public void CopyTo_Grayscale_MakesThatShareGrey()
    {
        var set = new ImageSet("set", 3, 1, [60, 100, 140], [0]);
        var options = new AugmentationOptions(false, 0, 0, Grayscale: 0.25);
        string[] seen = [.. Enumerable.Range(0, Draws10K).Select(epoch => string.Join(' ', View(set, options, epoch).Read(0)))];

        Assert.Equal(["60 100 140", "93 93 93"], seen.Distinct().Order(StringComparer.Ordinal));
        // Standard deviation 43.
        Assert.InRange(seen.Count(picture => picture == "93 93 93"), 2_284, 2_716);
    }

    [Fact]
    public void CopyTo_Jitter_StaysWithinItsRangeAndReachesIt()
    {
        // One grey pixel is its own mean, so that brightness alone changes it: 100 x [0.6, 1.4].
        var set = new ImageSet("set", 1, 1, [100], [0]);
        var options = new AugmentationOptions(false, 0, Jitter: 0.4, 0);
        int[] seen = [.. Enumerable.Range(0, Draws10K).Select(epoch => (int)View(set, options, epoch).Read(0)[0])];

        Assert.Equal((60, 140), (seen.Min(), seen.Max()));
        // Uniform: standard deviation 80 / sqrt(12) = 23, standard error 0.23.
        Assert.InRange(seen.Average(), 98.8, 101.2);
    }

    [Fact]
    public void CopyTo_SeveralChannels_MovesThemTogether()
    {
        var set = new ImageSet("set", 3, 3, [.. Nine, .. Nine.Select(x => (byte)(x + 10)), .. Nine.Select(x => (byte)(x + 20))], [0]);
        for (int epoch = 0; epoch < 100; epoch++)
        {
            byte[] picture = View(set, new AugmentationOptions(true, 2, 0, 0), epoch).Read(0);

            byte[] first = picture[..9];
            Assert.Equal(first.Select(x => x == 0 ? 0 : x + 10), picture[9..18].Select(x => (int)x));
            Assert.Equal(first.Select(x => x == 0 ? 0 : x + 20), picture[18..].Select(x => (int)x));
        }
    }

    [Fact]
    public void CopyTo_AnotherAugmentationSwitchedOn_LeavesTheDrawsOfTheFirst()
    {
        var set = new ImageSet("set", 1, 3, Nine, [0]);
        for (int epoch = 0; epoch < 100; epoch++)
        {
            byte[] flipped = View(set, new AugmentationOptions(true, 0, 0, 0), epoch).Read(0);
            byte[] both = View(set, new AugmentationOptions(true, 0, 0.001, 0), epoch).Read(0);

            Assert.Equal(flipped, both);
        }
    }

    private static Dictionary<string, int> Count(AugmentationOptions options)
    {
        var set = new ImageSet("set", 1, 3, Nine, [0]);
        return Enumerable.Range(0, Draws10K)
            .Select(epoch => string.Join(' ', View(set, options, epoch).Read(0)))
            .GroupBy(picture => picture)
            .ToDictionary(group => group.Key, group => group.Count());
    }

    private static AugmentedView View(ImageSet set, AugmentationOptions options, int epoch) => new(set, options, index => Draws.Of(seed: 1, epoch, index));
}
