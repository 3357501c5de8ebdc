using System.Buffers.Binary;
using Granary.Trainer.Data;
using Granary.Trainer.Data.Decoding;

namespace Granary.Trainer.Tests.Data.Decoding;

public sealed class PictureDecoderTests
{
    public static TheoryData<string> Names => [.. PictureFiles.Small];

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_WholePicture_IsWhatPilReads(string name)
    {
        byte[] expected = PictureFiles.Expected(name);

        (PictureShape shape, byte[] pixels) = Decode(PictureFiles.Read(name), 1);

        Assert.Equal((19, 13), (shape.Width, shape.Height));
        // PNG leaves no choice; JPEG's inverse transform and CMYK's conversion may round differently in another version of the library.
        int tolerance = name == "cmyk.jpg" ? 2 : shape.Format == PictureFormat.Jpeg ? 1 : 0;
        Assert.All(expected.Zip(pixels), pair => Assert.InRange(pair.Second - pair.First, -tolerance, tolerance));
    }

    [Theory]
    [InlineData(2, 80, 60)]
    [InlineData(4, 40, 30)]
    [InlineData(8, 20, 15)]
    public void Decode_JpegAtAPartOfItsSize_IsTheMeanOfTheWholeOnesPixels(int denominator, int width, int height)
    {
        byte[] file = PictureFiles.Read("large.jpg");
        (_, byte[] whole) = Decode(file, 1);

        (PictureShape shape, byte[] part) = Decode(file, denominator);

        Assert.Equal((width, height), (shape.Width, shape.Height));
        for (int y = 0; y < height; y++)
        {
            for (int i = 0; i < 3 * width; i++)
            {
                // Smooth gradients: libjpeg's low-frequency transform is close to the mean of the block.
                double mean = (from dy in Enumerable.Range(0, denominator)
                               from dx in Enumerable.Range(0, denominator)
                               select (int)whole[(3 * (((y * denominator) + dy) * 160)) + (3 * (((i / 3) * denominator) + dx)) + (i % 3)]).Average();
                Assert.InRange(part[(y * 3 * width) + i] - mean, -6, 6);
            }
        }
    }

    [Fact]
    public void Decode_PngAtAPartOfItsSize_ComesWhole()
    {
        (PictureShape shape, byte[] pixels) = Decode(PictureFiles.Read("colour.png"), 4);

        Assert.Equal((19, 13), (shape.Width, shape.Height));
        Assert.Equal(PictureFiles.Expected("colour.png"), pixels);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_CutOffAnywhere_NamesTheFile(string name)
    {
        byte[] file = PictureFiles.Read(name);
        for (int length = 0; length < file.Length; length++)
        {
            InvalidDataException error = Assert.Throws<InvalidDataException>(() => Decode(file[..length], 1));
            Assert.StartsWith("the file: ", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_FlippedBits_IsAPictureOrAnError(string name)
    {
        byte[] file = PictureFiles.Read(name);
        var random = new Random(7);
        int read = 0;
        for (int i = 0; i < 2_000; i++)
        {
            byte[] damaged = (byte[])file.Clone();
            for (int flips = random.Next(1, 6); flips > 0; flips--)
                damaged[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
            Exception? error = Record.Exception(() => Decode(damaged, 1 << random.Next(4)));

            Assert.True(error is null or InvalidDataException, $"{error}");
            read += error is null ? 1 : 0;
        }

        // A JPEG's samples carry no checksum: a changed one is another picture. A PNG's do.
        Assert.True(name.EndsWith(".jpg", StringComparison.Ordinal) ? read > 0 : read < 100, $"{read} of 2000 were read");
    }

    [Fact]
    public void Measure_AnotherFormat_SaysWhatWasExpectedAndFound()
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Measure("/set/a.jpg", "GIF89a and more"u8));

        Assert.Equal(
            "/set/a.jpg: not a picture: expected a JPEG (first bytes FFD8FF) or a PNG (89504E470D0A1A0A), found 4749463839612061. "
            + "Replace the file, or leave it out.",
            error.Message);
    }

    [Fact]
    public void Measure_EmptyFile_SaysSo()
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Measure("/set/a.jpg", []));

        Assert.StartsWith("/set/a.jpg: the file is empty; expected a JPEG or PNG picture.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_CutOffJpeg_SaysWhatWasFound()
    {
        byte[] file = PictureFiles.Read("colour.jpg");

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Decode(file[..600], 1));

        Assert.Equal(
            "the file: damaged JPEG, 600 bytes: expected a whole picture, found \"Premature end of JPEG file\". Replace the file, or leave it out.",
            error.Message);
    }

    [Theory]
    [InlineData(65_501, 1)]
    [InlineData(20_000, 20_000)]
    public void Measure_TooLarge_IsRefusedBeforeAnythingIsDecoded(int width, int height)
    {
        InvalidDataException png = Assert.Throws<InvalidDataException>(() => Measure("a.png", PngHeader(width, height)));
        Assert.StartsWith("a.png: ", png.Message, StringComparison.Ordinal);
        if (height == 20_000)
        {
            Assert.Contains("20000x20000 pixels, expected sides of at most 65500 and at most 178956970 pixels in all", png.Message, StringComparison.Ordinal);
            InvalidDataException jpeg = Assert.Throws<InvalidDataException>(() => Measure("a.jpg", Enlarge("colour.jpg", width, height)));
            Assert.Contains("20000x20000 pixels", jpeg.Message, StringComparison.Ordinal);
        }
    }

    private static PictureShape Measure(string path, ReadOnlySpan<byte> file) => PictureDecoder.Measure(new PictureBytes(path, file));

    private static (PictureShape Shape, byte[] Pixels) Decode(byte[] file, int denominator)
    {
        var picture = new PictureBytes("the file", file);
        PictureShape whole = PictureDecoder.Measure(picture);
        // A damaged header may ask for much; what the pixels take is the caller's business.
        if ((long)whole.Width * whole.Height > 1 << 22)
            throw new InvalidDataException("the file: larger than this test wants to decode");
        PictureShape shape = whole.At(denominator);
        byte[] pixels = new byte[3 * shape.Width * shape.Height];
        PictureDecoder.Decode(picture, denominator, new PixelArea(0, 0, shape.Width, shape.Height), pixels);
        return (shape, pixels);
    }

    private static byte[] PngHeader(int width, int height) =>
        [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. PngChunk.Header(width, height, depth: 8, colourType: 2), .. PngChunk.Write("IDAT", [])];

    // The frame header of T.81: FF C0, length, precision, height, width.
    private static byte[] Enlarge(string name, int width, int height)
    {
        byte[] file = PictureFiles.Read(name);
        int at = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(at + 5), (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(at + 7), (ushort)width);
        return file;
    }
}
