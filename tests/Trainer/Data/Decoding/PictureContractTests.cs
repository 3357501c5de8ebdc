using Granary.Trainer.Data;
using Granary.Trainer.Data.Decoding;
using SkiaSharp;

namespace Granary.Trainer.Tests.Data.Decoding;

/// <summary>What a decoder for training must not do of its own accord: turn, correct colours, blend, or read without end.</summary>
public sealed class PictureContractTests
{
    private static readonly SKColorSpace WideColours = SKColorSpace.CreateRgb(SKColorSpaceTransferFn.TwoDotTwo, SKColorSpaceXyz.AdobeRgb);

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(8)]
    public void Decode_OrientationThatACameraNoted_IsNotApplied(byte orientation)
    {
        // An APP1 segment with one TIFF entry: tag 0x112, one short.
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        ];
        byte[] file = PictureFiles.Read("colour.jpg");
        byte[] turned = [.. file[..2], .. exif, .. file[2..]];
        using (var codec = SKCodec.Create(SKData.CreateCopy(turned)))
            Assert.Equal(orientation, (byte)codec.EncodedOrigin);

        (PictureShape shape, byte[] pixels) = Decode(turned);

        Assert.Equal((19, 13), (shape.Width, shape.Height));
        Assert.Equal(Decode(file).Pixels, pixels);
    }

    [Fact]
    public void Decode_PngWithAColourProfile_KeepsItsNumbers()
    {
        byte[] file = Encode(new SKPngEncoderOptions(), WideColours, out byte[] stored);
        Assert.True(file.AsSpan().IndexOf("iCCP"u8) > 0);

        Assert.Equal(stored, Decode(file).Pixels);
    }

    [Fact]
    public void Decode_JpegWithAColourProfile_KeepsItsNumbers()
    {
        byte[] with = Encode(new SKJpegEncoderOptions(90), WideColours, out _);
        byte[] without = Encode(new SKJpegEncoderOptions(90), null, out _);
        Assert.True(with.AsSpan().IndexOf("ICC_PROFILE"u8) > 0 && without.AsSpan().IndexOf("ICC_PROFILE"u8) < 0);

        Assert.Equal(Decode(without).Pixels, Decode(with).Pixels);
    }

    [Fact]
    public void Decode_PngWithAGamma_KeepsItsNumbers()
    {
        byte[] file = PictureFiles.Read("colour.png");
        byte[] linear = [.. file[..33], .. PngChunk.Write("gAMA", [0, 1, 0x86, 0xA0]), .. file[33..]];

        Assert.Equal(PictureFiles.Expected("colour.png"), Decode(linear).Pixels);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(6)]
    public void Decode_SixteenBits_TakesTheUpperEight(byte colourType)
    {
        int channels = colourType switch { 0 => 1, 2 => 3, _ => 4 };
        byte[] row = new byte[1 + (2 * channels * 256)];
        new Random(3).NextBytes(row.AsSpan(1));
        byte[] file = PngChunk.File(256, 1, depth: 16, colourType, row);

        byte[] pixels = Decode(file).Pixels;

        // With one channel it is repeated, with four the last is dropped.
        Assert.Equal(from x in Enumerable.Range(0, 256) from c in Enumerable.Range(0, 3) select row[1 + (2 * ((x * channels) + (c % channels)))], pixels);
    }

    [Fact]
    public void Decode_MoreScansThanAnyPictureNeeds_IsRefused()
    {
        byte[] file = PictureFiles.Read("progressive.jpg");
        int scan = file.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        byte[] last = file[scan..^2];
        byte[] bomb = [.. file[..^2], .. Enumerable.Repeat(last, 200).SelectMany(bytes => bytes), .. file[^2..]];

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Decode(bomb));

        Assert.Equal("a: this JPEG cannot be read: more than 200 scans. Replace the file, or leave it out.", error.Message);
    }

    [Fact]
    public void Decode_PngWithADamagedChunk_NamesIt()
    {
        byte[] file = PictureFiles.Read("colour.png");
        file[60] ^= 1;

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Decode(file));

        Assert.Contains("found \"IDAT: CRC error\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_JpegWithAForeignMarkerInItsData_IsDamaged()
    {
        byte[] file = PictureFiles.Read("colour.jpg");
        (file[^20], file[^19]) = (0xFF, 0x35);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Decode(file));

        Assert.Contains("damaged JPEG, 835 bytes: expected a whole picture, found \"Unsupported marker type 0x35\"", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("colour.jpg")]
    [InlineData("colour.png")]
    public void Decode_BytesAfterTheEnd_AreLeftAlone(string name)
    {
        byte[] file = PictureFiles.Read(name);

        Assert.Equal(Decode(file).Pixels, Decode([.. file, .. "and a trailer"u8]).Pixels);
    }

    [Theory]
    [InlineData("large.jpg")]
    [InlineData("colour.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("grey.jpg")]
    [InlineData("cmyk.jpg")]
    [InlineData("palette.png")]
    public void Decode_PartOfAPicture_IsThatPartOfTheWhole(string name)
    {
        byte[] file = PictureFiles.Read(name);
        var random = new Random(11);
        for (int i = 0; i < 200; i++)
        {
            int denominator = 1 << random.Next(4);
            (PictureShape shape, byte[] whole) = Decode(file, denominator);
            (int left, int top) = (random.Next(shape.Width), random.Next(shape.Height));
            var area = new PixelArea(left, top, random.Next(left, shape.Width) + 1, random.Next(top, shape.Height) + 1);
            byte[] part = new byte[whole.Length];

            PictureDecoder.Decode(new PictureBytes("a", file), denominator, area, part);

            for (int y = area.Top; y < area.Bottom; y++)
            {
                Range row = (3 * ((y * shape.Width) + area.Left))..(3 * ((y * shape.Width) + area.Right));
                Assert.Equal(whole[row], part[row]);
            }
        }
    }

    [Fact]
    public void Decode_OnSeveralThreads_IsTheSame()
    {
        byte[][] files = [.. PictureFiles.Small.Select(PictureFiles.Read)];
        byte[][] expected = [.. files.Select(file => Decode(file).Pixels)];

        System.Threading.Tasks.Parallel.For(0, 500, i => Assert.Equal(expected[i % files.Length], Decode(files[i % files.Length]).Pixels));
    }

    private static (PictureShape Shape, byte[] Pixels) Decode(byte[] file, int denominator = 1)
    {
        var picture = new PictureBytes("a", file);
        PictureShape shape = PictureDecoder.Measure(picture).At(denominator);
        byte[] pixels = new byte[3 * shape.Width * shape.Height];
        PictureDecoder.Decode(picture, denominator, new PixelArea(0, 0, shape.Width, shape.Height), pixels);
        return (shape, pixels);
    }

    private static byte[] Encode(object options, SKColorSpace? colours, out byte[] stored)
    {
        var info = new SKImageInfo(16, 16, SKColorType.Rgba8888, SKAlphaType.Opaque, colours);
        byte[] rgba = [.. Enumerable.Range(0, 256).SelectMany(i => (byte[])[(byte)i, (byte)(255 - i), (byte)(i % 16 * 17), 255])];
        stored = [.. rgba.Where((_, i) => i % 4 != 3)];
        using var image = SKImage.FromPixelCopy(info, rgba);
        using SKPixmap pixels = image.PeekPixels();
        using SKData file = (options is SKPngEncoderOptions png ? pixels.Encode(png) : pixels.Encode((SKJpegEncoderOptions)options))!;
        return file.ToArray();
    }
}
