using Granary.Trainer.Data;
using Granary.Trainer.Data.Augmentation;

namespace Granary.Trainer.Tests.Data.Augmentation;

public sealed class ResamplerTests
{
    private static readonly byte[] Ramp = [.. Enumerable.Range(0, 10).SelectMany(y => Enumerable.Range(0, 12).Select(x => (byte)((y * 37) + (x * 11))))];

    [Fact]
    public void Resample_TwoPixelsToFour_InterpolatesAtPixelCentres()
    {
        // By hand: centres of the four at 0.25, 0.75, 1.25, 1.75 of the source, whose own are at 0.5 and 1.5.
        byte[] result = Resample([0, 100, 0, 100], 2, 2, new Frame(0, 0, 2, 2, 0), 4, 4);

        Assert.Equal([0, 25, 75, 100], result[..4]);
        Assert.Equal(result[..4], result[12..]);
    }

    [Fact]
    public void Resample_ShrinkingByTwo_WeighsAllPixelsUnderTheFilter()
    {
        // By hand: scale 2, a triangle of half-width 2 around 1.0: pixels 0, 1, 2 weigh 0.75, 0.75, 0.25 of 1.75; mirrored around 3.0.
        byte[] result = Resample(
            [70, 70, 140, 140, 70, 70, 140, 140, 70, 70, 140, 140, 70, 70, 140, 140], 4, 4, new Frame(0, 0, 4, 4, 0), 2, 2);

        Assert.Equal([80, 130, 80, 130], result);
    }

    // Image.fromarray(ramp).resize(size, Image.BILINEAR, box) of PIL 9.4; it rounds between its two passes.
    [Theory]
    [InlineData(0, 0, 12, 10, 5, 4, new[] { 47, 71, 98, 124, 148, 130, 154, 176, 175, 146, 162, 154, 109, 79, 75, 62, 82, 101, 127, 151 })]
    [InlineData(1.5, 0.5, 8, 8, 4, 4, new[] { 59, 81, 103, 125, 133, 155, 177, 199, 207, 181, 155, 81, 89, 63, 69, 91 })]
    [InlineData(3, 2, 2, 2, 4, 4, new[] { 95, 101, 106, 112, 113, 119, 124, 130, 132, 138, 143, 149, 150, 156, 161, 167 })]
    public void Resample_PartOfAPicture_IsWhatPilGives(double left, double top, double width, double height, int across, int down, int[] expected)
    {
        byte[] result = Resample(Ramp, 12, 10, new Frame(left, top, width, height, 0), across, down);

        Assert.All(expected.Zip(result), pair => Assert.InRange(pair.Second - pair.First, -1, 1));
    }

    [Fact]
    public void Resample_WholePixelsAtTheirOwnSize_AreCopied()
    {
        byte[] result = Resample(Ramp, 12, 10, new Frame(3, 4, 5, 5, 0), 5, 5);

        Assert.Equal(from y in Enumerable.Range(4, 5) from x in Enumerable.Range(3, 5) select Ramp[(y * 12) + x], result);
    }

    [Theory]
    [InlineData(30, 20, 7)]
    [InlineData(9, 8, 21)]
    public void Resample_InterleavedChannels_AreResampledAsPlanesAre(int width, int height, int size)
    {
        byte[] planes = [.. Enumerable.Range(0, 3 * width * height).Select(i => (byte)(i * i * 31))];
        byte[] interleaved = [.. Enumerable.Range(0, 3 * width * height).Select(i => planes[(i % 3 * width * height) + (i / 3)])];
        var across = ResampleAxis.Of(width, 0.3, width - 1.1, size);
        var down = ResampleAxis.Of(height, 0, height, size);
        byte[] expected = new byte[3 * size * size];
        byte[] result = new byte[3 * size * size];

        Resampler.Resample(new Pixels(planes, width, height, 3, interleaved: false), across, down, expected);
        Resampler.Resample(new Pixels(interleaved, width, height, 3, interleaved: true), across, down, result);

        Assert.Equal(expected, result);
    }

    private static byte[] Resample(byte[] source, int width, int height, Frame frame, int across, int down)
    {
        byte[] result = new byte[across * down];
        Resampler.Resample(
            new Pixels(source, width, height, 1, interleaved: false),
            ResampleAxis.Of(width, frame.Left, frame.Width, across),
            ResampleAxis.Of(height, frame.Top, frame.Height, down),
            result);
        return result;
    }
}
