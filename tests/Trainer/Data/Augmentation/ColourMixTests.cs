using Granary.Trainer.Data.Augmentation;

namespace Granary.Trainer.Tests.Data.Augmentation;

public sealed class ColourMixTests
{
    private static readonly byte[] Picture = [60, 90, 120, 150, 100, 110, 80, 70, 140, 130, 60, 100];

    [Fact]
    public void Apply_BrightnessContrastSaturation_IsWhatTorchvisionGives()
    {
        // torchvision 0.14 on floats: adjust_saturation(adjust_contrast(adjust_brightness(x, 1.2), 0.8), 1.5) * 255, the same in every order.
        double[] expected = [65.1087, 101.7342, 152.9132, 192.4379, 122.7087, 130.5341, 95.3132, 77.2378, 180.3087, 159.3342, 66.5132, 120.4378];

        Assert.Equal(expected.Select(value => (byte)Math.Round(value)), Apply(ColourMix.Of(1.2, 0.8, 1.5), Picture, 3));
    }

    [Fact]
    public void Apply_NoSaturation_IsGreyOfItuR601()
    {
        // PIL's convert("L") of the four pixels: 93, 106, 90, 97.
        byte[] grey = [93, 106, 90, 97];

        Assert.Equal([.. grey, .. grey, .. grey], Apply(ColourMix.Of(1, 1, 0), Picture, 3));
    }

    [Fact]
    public void Apply_BeyondTheRange_IsClamped() => Assert.Equal([0, 255], Apply(new ColourMix(4, 0, -2), [0, 200], 1));

    [Fact]
    public void Apply_NoContrast_IsTheMeanEverywhere() => Assert.Equal([20, 20, 20], Apply(ColourMix.Of(1, 0, 1), [10, 20, 30], 1));

    [Fact]
    public void Apply_LongRows_AreMixedAlikeInAndOutsideOfVectors()
    {
        byte[] eleven = [.. Enumerable.Range(0, 33).Select(i => (byte)(i * 7))];
        byte[] whole = Apply(ColourMix.Of(1.1, 1, 0.7), eleven, 3);

        for (int i = 0; i < 11; i++)
        {
            byte[] one = Apply(ColourMix.Of(1.1, 1, 0.7), [eleven[i], eleven[11 + i], eleven[22 + i]], 3);
            Assert.Equal(one, (byte[])[whole[i], whole[11 + i], whole[22 + i]]);
        }
    }

    private static byte[] Apply(ColourMix mix, byte[] picture, int channels)
    {
        byte[] result = [.. picture];
        mix.Apply(result, channels);
        return result;
    }
}
