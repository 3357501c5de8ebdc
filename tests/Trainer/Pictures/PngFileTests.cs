using Granary.Trainer.Pictures;

namespace Granary.Trainer.Tests.Pictures;

public sealed class PngFileTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(64, 40)]
    public void Encode_AnyPicture_IsReadBackPixelForPixel(int width, int height)
    {
        Canvas canvas = Noise(width, height);

        var png = PngReader.Read(PngFile.Encode(canvas));

        Assert.Equal(["IHDR", "IDAT", "IEND"], png.Chunks);
        Assert.Equal((width, height), (png.Width, png.Height));
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                Assert.Equal((canvas[x, y].Red, canvas[x, y].Green, canvas[x, y].Blue), png[x, y]);
        }
    }

    [Fact]
    public void Encode_SamePictureTwice_GivesTheSameBytes() =>
        Assert.Equal(PngFile.Encode(Noise(50, 30)), PngFile.Encode(Noise(50, 30)));

    [Fact]
    public void Encode_SmoothPicture_TakesLessThanATenthOfItsPixels()
    {
        var canvas = new Canvas(200, 200, Colour.White);
        for (int y = 0; y < 200; y++)
            canvas.DrawLine(0, y, 199, y, Colour.Grey((byte)y));

        Assert.True(PngFile.Encode(canvas).Length < 200 * 200 * 3 / 10);
    }

    [Fact]
    public void Write_ExistingFile_ReplacesItAndLeavesNothingElse()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.png");
        PngFile.Write(path, Noise(9, 9));

        PngFile.Write(path, Noise(4, 2));

        Assert.Equal(4, PngReader.Read(path).Width);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Encode_OnePixel_IsTheFileThatTheStandardDescribes()
    {
        // Header and trailer byte by byte, their CRCs by Python's zlib.crc32.
        byte[] png = PngFile.Encode(new Canvas(1, 1, Colour.Of(0x102030)));

        Assert.Equal("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de", Convert.ToHexStringLower(png[..33]));
        Assert.Equal("0000000049454e44ae426082", Convert.ToHexStringLower(png[^12..]));
        Assert.Equal(((byte)0x10, (byte)0x20, (byte)0x30), PngReader.Read(png)[0, 0]);
    }

    // Stripes, noise and a slope, so that each filter is the best one somewhere.
    private static Canvas Noise(int width, int height)
    {
        var canvas = new Canvas(width, height, Colour.White);
        uint state = 1;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                state = (state * 1_664_525) + 1_013_904_223;
                canvas[x, y] = (y % 3) switch
                {
                    0 => Colour.Of((int)(state >> 8)),
                    1 => Colour.Grey((byte)(3 * x)),
                    _ => x % 2 == 0 ? Colour.Black : Colour.White,
                };
            }
        }

        return canvas;
    }
}
