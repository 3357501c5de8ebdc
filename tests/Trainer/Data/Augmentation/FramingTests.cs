using Granary.Trainer.Data.Augmentation;

namespace Granary.Trainer.Tests.Data.Augmentation;

public sealed class FramingTests
{
    [Fact]
    public void Of_Validation_IsTheMiddleSquare() =>
        Assert.Equal(new Frame(60, 0, 200, 200, 0), new Framing { Size = 160 }.Of(320, 200, default));

    [Fact]
    public void Of_ValidationWithPresize_IsTheMiddleOfTheResizedPicture()
    {
        // Shorter side 200 to 256, of which 224 are cut out of the middle: 200 x 224 / 256 = 175 pixels of the picture.
        Assert.Equal(new Frame(72.5, 12.5, 175, 175, 0), new Framing { Size = 224, Presize = 256 }.Of(320, 200, default));
    }

    [Fact]
    public void Of_RandomPlace_ReachesEveryPlaceEquallyOften()
    {
        var framing = new Framing { Size = 24, Presize = 32, RandomPlace = true };
        Frame[] frames = [.. Enumerable.Range(0, 20_000).Select(i => framing.Of(64, 32, Draws.Of(1, 0, i)))];

        Assert.All(frames, frame => Assert.Equal((24, 24, 0), (frame.Width, frame.Height, frame.Angle)));
        // Uniform over [0, 40] and [0, 8]: means 20 and 4, standard errors 0.082 and 0.016; five of them.
        Assert.InRange(frames.Average(frame => frame.Left), 19.6, 20.4);
        Assert.InRange(frames.Average(frame => frame.Top), 3.92, 4.08);
        Assert.InRange(frames.Min(frame => frame.Left), 0, 0.1);
        Assert.InRange(frames.Max(frame => frame.Left), 39.9, 40);
    }

    [Fact]
    public void Of_RandomResizedCrop_DrawsAreaAndRatioAsTorchvisionDoes()
    {
        var framing = new Framing { Size = 64, RandomResizedCrop = 0.25 };
        Frame[] frames = [.. Enumerable.Range(0, 20_000).Select(i => framing.Of(400, 400, Draws.Of(1, 0, i)))];
        double[] areas = [.. frames.Select(frame => frame.Width * frame.Height / 160_000)];
        double[] ratios = [.. frames.Select(frame => frame.Width / frame.Height)];

        Assert.InRange(areas.Min(), 0.248, 0.26);
        Assert.InRange(areas.Max(), 0.98, 1);
        Assert.InRange(ratios.Min(), 0.745, 0.76);
        Assert.InRange(ratios.Max(), 1.32, 1.34);
        // torchvision 0.14, RandomResizedCrop.get_params(400x400, (0.25, 1), (3/4, 4/3)), 200,000 draws: mean area 0.5648, mean log ratio 0.000.
        Assert.InRange(areas.Average(), 0.557, 0.573);
        Assert.InRange(ratios.Average(Math.Log), -0.006, 0.006);
        Assert.All(frames, frame =>
        {
            Assert.InRange(frame.Left, 0, 400 - frame.Width);
            Assert.InRange(frame.Top, 0, 400 - frame.Height);
        });
    }

    [Fact]
    public void Of_RandomResizedCropOfAStrip_FallsBackToTheMiddle() =>
        Assert.Equal(
            new Frame(500 - (20 / 3.0), 0, 40 / 3.0, 10, 0),
            Rounded(new Framing { Size = 8, RandomResizedCrop = 1 }.Of(1_000, 10, Draws.Of(1, 0, 0))));

    [Fact]
    public void Of_Rotate_DrawsAnglesOnBothSides()
    {
        var framing = new Framing { Size = 8, Rotate = 30 };
        double[] angles = [.. Enumerable.Range(0, 20_000).Select(i => framing.Of(8, 8, Draws.Of(1, 0, i)).Angle)];

        Assert.InRange(angles.Min(), -30, -29.9);
        Assert.InRange(angles.Max(), 29.9, 30);
        // Uniform: standard deviation 60 / sqrt(12) = 17.3, standard error 0.12.
        Assert.InRange(angles.Average(), -0.6, 0.6);
    }

    [Theory]
    [InlineData(100, 64, 1)]
    [InlineData(128, 64, 2)]
    [InlineData(300, 64, 4)]
    [InlineData(4_000, 64, 8)]
    public void Denominator_LeavesAtLeastTheSize(double side, int size, int expected) =>
        Assert.Equal(expected, new Frame(0, 0, side, side * 2, 0).Denominator(size));

    private static Frame Rounded(Frame frame) =>
        frame with { Left = Math.Round(frame.Left, 9) == Math.Round(500 - (20 / 3.0), 9) ? 500 - (20 / 3.0) : frame.Left, Width = Math.Round(frame.Width, 9) == Math.Round(40 / 3.0, 9) ? 40 / 3.0 : frame.Width };
}
