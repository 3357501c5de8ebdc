using Granary.Trainer.Data;
using Granary.Trainer.Data.Augmentation;

namespace Granary.Trainer.Tests.Data.Augmentation;

public sealed class TurningTests
{
    private static readonly byte[] Ramp = [.. Enumerable.Range(0, 6).SelectMany(y => Enumerable.Range(0, 6).Select(x => (byte)((y * 37) + (x * 11))))];

    // torchvision 0.14: functional.rotate(ramp, angle, InterpolationMode.BILINEAR), which fills with zeros.
    [Theory]
    [InlineData(30, new[] { 1, 16, 40, 68, 90, 10, 11, 38, 66, 94, 122, 85, 37, 65, 93, 121, 149, 177, 63, 91, 119, 147, 175, 203, 55, 118, 146, 174, 202, 217, 11, 138, 172, 200, 125, 19 })]
    [InlineData(-45, new[] { 0, 45, 44, 26, 13, 0, 80, 97, 78, 60, 42, 24, 149, 131, 112, 94, 75, 57, 183, 165, 146, 128, 109, 91, 137, 198, 180, 162, 143, 81, 0, 148, 214, 196, 117, 0 })]
    [InlineData(90, new[] { 55, 92, 129, 166, 203, 240, 44, 81, 118, 155, 192, 229, 33, 70, 107, 144, 181, 218, 22, 59, 96, 133, 170, 207, 11, 48, 85, 122, 159, 196, 0, 37, 74, 111, 148, 185 })]
    public void Show_WholePicture_IsWhatTorchvisionGives(double angle, int[] expected)
    {
        byte[] result = Show(Ramp, 6, new Frame(0, 0, 6, 6, angle), 6);

        Assert.All(expected.Zip(result), pair => Assert.InRange(pair.Second - pair.First, -1, 1));
    }

    [Fact]
    public void Show_WholeTurn_IsThePicture() => Assert.Equal(Ramp, Show(Ramp, 6, new Frame(0, 0, 6, 6, 360), 6));

    [Theory]
    [InlineData(20)]
    [InlineData(-75)]
    public void Show_ShrinkingAPlainPicture_IsPlainInsideAndZeroOutside(double angle)
    {
        byte[] plain = Enumerable.Repeat((byte)200, 96 * 96).ToArray();

        byte[] result = Show(plain, 96, new Frame(0, 0, 96, 96, angle), 24);

        Assert.Equal(0, result[0]);
        Assert.All(from y in Enumerable.Range(8, 8) from x in Enumerable.Range(8, 8) select result[(y * 24) + x], pixel => Assert.Equal(200, pixel));
    }

    [Fact]
    public void Show_PartOfALargerPicture_TurnsWhatIsAroundItIntoView()
    {
        // A frame in the middle of a plain picture: its corners show the picture, not zeros.
        byte[] plain = Enumerable.Repeat((byte)90, 64 * 64).ToArray();

        Assert.All(Show(plain, 64, new Frame(20, 20, 24, 24, 45), 12), pixel => Assert.Equal(90, pixel));
    }

    [Fact]
    public void Show_ShrinkingByFour_IsCloseToTurningTheSmallPicture()
    {
        byte[] large = [.. Enumerable.Range(0, 80).SelectMany(y => Enumerable.Range(0, 80).Select(x => (byte)(x + (2 * (y / 2)))))];
        byte[] small = [.. Enumerable.Range(0, 20).SelectMany(y => Enumerable.Range(0, 20).Select(x => (byte)((4 * x) + (4 * y) + 2.5)))];

        byte[] expected = Show(small, 20, new Frame(0, 0, 20, 20, 15), 20);
        byte[] result = Show(large, 80, new Frame(0, 0, 80, 80, 15), 20);

        Assert.All(from y in Enumerable.Range(5, 10) from x in Enumerable.Range(5, 10) select (y * 20) + x, i => Assert.InRange(result[i] - expected[i], -2, 2));
    }

    private static byte[] Show(byte[] source, int side, Frame frame, int size)
    {
        byte[] result = new byte[size * size];
        Turning.Show(new Pixels(source, side, side, 1, interleaved: false), frame, size, result);
        return result;
    }
}
