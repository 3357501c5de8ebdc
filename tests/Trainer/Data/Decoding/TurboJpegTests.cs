using Granary.Trainer.Data.Decoding;

namespace Granary.Trainer.Tests.Data.Decoding;

/// <summary>With and without libturbojpeg a picture has the same pixels, and the same files are refused.</summary>
public sealed class TurboJpegTests
{
    public static TheoryData<string, int> Pictures
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string name in (string[])["colour.jpg", "progressive.jpg", "grey.jpg", "large.jpg"])
            {
                foreach (int denominator in (int[])[1, 2, 4, 8])
                    data.Add(name, denominator);
            }

            return data;
        }
    }

    [TurboJpegTheory]
    [MemberData(nameof(Pictures))]
    public void TryDecode_AnyJpegAtAnyPartOfItsSize_GivesWhatSkiaGives(string name, int denominator)
    {
        (byte[] skia, byte[] turbo) = Both(PictureFiles.Read(name), denominator);

        Assert.Equal(skia, turbo);
    }

    [TurboJpegTheory]
    [InlineData("colour.jpg", 7)]
    [InlineData("progressive.jpg", 8)]
    public void TryDecode_FlippedBits_IsRefusedOnlyWhereSkiaDecodesNothing(string name, int seed)
    {
        byte[] file = PictureFiles.Read(name);
        var random = new Random(seed);
        for (int i = 0; i < 500; i++)
        {
            byte[] damaged = (byte[])file.Clone();
            damaged[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));

            Exception? error = Record.Exception(() => Both(damaged, 1));

            Assert.True(error is null or InvalidDataException, $"seed {seed}, case {i}: {error}");
        }
    }

    [TurboJpegTheory]
    [InlineData("cmyk.jpg")]
    public void TryDecode_Cmyk_IsLeftToSkia(string name)
    {
        var file = new PictureBytes("the file", PictureFiles.Read(name));
        PictureShape shape = PictureDecoder.Measure(file);

        Assert.False(TurboJpeg.TryDecode(file, shape, new byte[3 * shape.Width * shape.Height]));
    }

    private static (byte[] Skia, byte[] Turbo) Both(byte[] bytes, int denominator)
    {
        var file = new PictureBytes("the file", bytes);
        PictureShape whole = PictureDecoder.Measure(file);
        if (whole.Width * (long)whole.Height > 1 << 22)
            throw new InvalidDataException("larger than this test wants to decode");
        JpegMarkers.CheckWhole(file);
        PictureShape shape = whole.At(denominator);
        byte[] skia = new byte[3 * shape.Width * shape.Height];
        byte[] turbo = new byte[skia.Length];
        PictureDecoder.DecodeWithSkia(file, shape, denominator, new(0, 0, shape.Width, shape.Height), skia);
        Assert.True(TurboJpeg.TryDecode(file, shape, turbo));
        return (skia, turbo);
    }
}
