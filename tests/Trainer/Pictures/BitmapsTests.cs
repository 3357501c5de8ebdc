using Granary.Trainer.Pictures;
using SkiaSharp;

namespace Granary.Trainer.Tests.Pictures;

public sealed class BitmapsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(64, 40)]
    public void Encode_AnyPicture_IsReadBackPixelForPixel(int width, int height)
    {
        using SKBitmap picture = Noise(width, height);

        using var read = SKBitmap.Decode(Bitmaps.Encode(picture));

        Assert.Equal((width, height), (read.Width, read.Height));
        Assert.Equal(picture.Pixels, read.Pixels);
    }

    [Fact]
    public void Encode_SamePictureTwice_GivesTheSameBytes()
    {
        using SKBitmap picture = Noise(50, 30);
        using SKBitmap same = Noise(50, 30);

        Assert.Equal(Bitmaps.Encode(picture), Bitmaps.Encode(same));
    }

    [Fact]
    public void Encode_SmoothPicture_TakesLessThanATenthOfItsPixels()
    {
        using SKBitmap smooth = Bitmaps.Paint(200, 200, (_, y) => Grey(y));

        Assert.True(Bitmaps.Encode(smooth).Length < 200 * 200 * 3 / 10);
    }

    [Fact]
    public void Encode_OnePixel_IsEightBitRgbWithoutTimeOrProfile()
    {
        using SKBitmap pixel = Bitmaps.Paint(1, 1, (_, _) => new SKColor(0x10, 0x20, 0x30));

        byte[] png = Bitmaps.Encode(pixel);

        // Header and trailer byte by byte, their CRCs by Python's zlib.crc32; sBIT says that all 8 bits of the three channels count.
        Assert.Equal("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de", Convert.ToHexStringLower(png[..33]));
        Assert.Equal("0000000373424954080808", Convert.ToHexStringLower(png[33..44]));
        Assert.Equal("IDAT"u8, png.AsSpan(52, 4));
        Assert.Equal("0000000049454e44ae426082", Convert.ToHexStringLower(png[^12..]));
    }

    [Fact]
    public void Write_ExistingFile_ReplacesItAndLeavesNothingElse()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.png");
        using SKBitmap first = Noise(9, 9);
        using SKBitmap second = Noise(4, 2);
        Bitmaps.Write(path, first);

        Bitmaps.Write(path, second);

        using var read = SKBitmap.Decode(path);
        Assert.Equal(4, read.Width);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Enlarge_Picture_MakesASquareOfEachPixel()
    {
        using SKBitmap picture = Bitmaps.Paint(2, 1, (x, _) => Grey(100 * x));

        using SKBitmap large = Bitmaps.Enlarge(picture, 6, 3);

        Assert.Equal([0, 0, 0, 100, 100, 100], Enumerable.Range(0, 6).Select(x => (int)large.GetPixel(x, 2).Red));
    }

    private static SKColor Grey(int level) => new((byte)level, (byte)level, (byte)level);

    // Stripes, noise and a slope, so that each filter is the best one somewhere.
    private static SKBitmap Noise(int width, int height)
    {
        uint state = 1;
        return Bitmaps.Paint(width, height, (x, y) =>
        {
            state = (state * 1_664_525) + 1_013_904_223;
            return (y % 3) switch
            {
                0 => new SKColor(0xFF000000 | (state >> 8)),
                1 => Grey(3 * x),
                _ => x % 2 == 0 ? SKColors.Black : SKColors.White,
            };
        });
    }
}
