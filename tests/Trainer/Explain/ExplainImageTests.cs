using System.Buffers.Binary;
using System.Text.Json;
using Granary.Specs;
using Granary.Trainer.Data;
using Granary.Trainer.Explain;
using Granary.Trainer.Pictures;
using Granary.Trainer.Tests.Data;
using Granary.Trainer.Tests.Data.Decoding;
using SkiaSharp;

namespace Granary.Trainer.Tests.Explain;

public sealed class ExplainImageTests(ExplainRun run) : IClassFixture<ExplainRun>
{
    [Fact]
    public async Task Explain_PngOfAValidationPicture_SaysAndDrawsTheSameAsTheExample()
    {
        string[] folders = [run.NewFolder(), run.NewFolder()];
        string file = run.NewFolder() + ".png";
        using SKBitmap drawn = Draw(IdxFiles.Picture(7));
        Bitmaps.Write(file, drawn);

        Assert.Equal((0, ""), await ExplainRun.ExplainAsync(run.Checkpoints, "--image", file, "--out", folders[0]));
        Assert.Equal((0, ""), await ExplainRun.ExplainAsync(run.Checkpoints, "--example", "7", "--out", folders[1]));

        (JsonElement own, JsonElement example) = (Report(folders[0]), Report(folders[1]));
        Assert.Equal(example.GetProperty("top").ToString(), own.GetProperty("top").ToString());
        Assert.Equal($"picture {Path.GetFileName(file)}, 28x28", own.GetProperty("picture").GetString());
        Assert.False(own.TryGetProperty("true-class", out _));
        foreach (string name in new[] { "heat-map.png", "overlay.png", "features-conv1.png", "features-relu2.png", "kernels.png" })
        {
            byte[] expected = await File.ReadAllBytesAsync(Path.Combine(folders[1], name));
            Assert.Equal(expected, await File.ReadAllBytesAsync(Path.Combine(folders[0], name)));
        }

        Assert.False(File.Exists(Path.Combine(folders[0], "confusion.png")));
    }

    [Fact]
    public async Task Explain_LargerColouredJpeg_IsDrawnFinerThanTheNetworkSeesItInTheNetworksGrey()
    {
        string folder = run.NewFolder();

        Assert.Equal((0, ""), await ExplainRun.ExplainAsync(run.Checkpoints, "--image", PictureFiles.PathOf("large.jpg"), "--out", folder));

        Assert.Equal("picture large.jpg, 160x120", Report(folder).GetProperty("picture").GetString());
        using var sheet = SKBitmap.Decode(Path.Combine(folder, "grad-cam.png"));
        // Red grows to the right and green downwards over all of its 160x120 pixels; the middle square begins at column 20.
        (int Left, int Top, int Side) panel = (TileSheet.Margin, TileSheet.Head, 224);
        foreach ((int x, int y) in new[] { (40, 40), (112, 60), (180, 200) })
        {
            double column = 20 + (x * 120.0 / panel.Side);
            double row = y * 120.0 / panel.Side;
            double grey = (0.299 * column * 255 / 159) + (0.587 * row * 255 / 119) + (0.114 * (column + row) * 255 / 280);
            SKColor pixel = sheet.GetPixel(panel.Left + x, panel.Top + y);
            Assert.Equal((pixel.Red, pixel.Red), (pixel.Green, pixel.Blue));
            Assert.Equal(grey, pixel.Red, 5.0);
        }
    }

    [Fact]
    public async Task Explain_SetAskedForToo_DrawsBoth()
    {
        string folder = run.NewFolder();

        string image = PictureFiles.PathOf("alpha.png");
        Assert.Equal((0, ""), await ExplainRun.ExplainAsync(run.Checkpoints, "--image", image, "--data", "--out", folder));

        Assert.True(File.Exists(Path.Combine(folder, "grad-cam.png")));
        Assert.True(File.Exists(Path.Combine(folder, "confusion.png")));
    }

    [Theory]
    [InlineData("words", ": not a picture: expected a JPEG (first bytes FFD8FF) or a PNG")]
    [InlineData("nothing", ": the file is empty; expected a JPEG or PNG picture.")]
    [InlineData("cut.jpg", ": damaged JPEG, 600 bytes: expected a whole picture, found \"Premature end of JPEG file\".")]
    [InlineData("cut.png", ": damaged PNG, 100 bytes: expected a whole picture")]
    [InlineData("huge.jpg", "20000x20000 pixels, expected sides of at most 65500 and at most 178956970 pixels in all")]
    [InlineData("missing.png", ": there is no such file; expected a JPEG or PNG file.")]
    [InlineData("folder", ": a folder; expected a JPEG or PNG file.")]
    public async Task Explain_FileThatIsNoPicture_IsOneLineAndLeavesNoFolder(string kind, string expected)
    {
        (string folder, string home) = (run.NewFolder(), Directory.CreateDirectory(run.NewFolder()).FullName);
        string file = Path.Combine(home, kind);
        if (kind == "folder")
            Directory.CreateDirectory(file);
        else if (Broken(kind) is { } bytes)
            await File.WriteAllBytesAsync(file, bytes);

        (int code, string error) = await ExplainRun.ExplainAsync(run.Checkpoints, "--image", file, "--out", folder);

        Assert.Equal(2, code);
        Assert.StartsWith($"granary: {file}: ", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Explain_ImageAndExample_AsksForOne()
    {
        Assert.Equal(
            (2, "granary: --example and --image are both given; expected one of them."),
            await ExplainRun.ExplainAsync(run.Checkpoints, "--image", PictureFiles.PathOf("grey.png"), "--example", "1"));
    }

    [Fact]
    public void ReadPicture_GreySetShownInThreeChannels_HasNoColour()
    {
        string folder = Directory.CreateDirectory(run.NewFolder()).FullName;
        IdxFiles.WriteFashionMnist(folder, train: 10, valid: 10);
        var data = TrainingData.Load(new DataSpec { Set = "fashion-mnist", Path = folder, Resize = 12, Presize = 16 }, channels: 3);

        ImageSet picture = data.ReadPicture(PictureFiles.PathOf("colour.jpg"));

        Assert.Equal((3, 12), (picture.Channels, picture.Size));
        byte[] pixels = picture.Read(0);
        Assert.Equal(pixels[..144], pixels[144..288]);
        Assert.Equal(pixels[..144], pixels[288..]);
        Assert.True(pixels.Distinct().Count() > 10);
    }

    private static byte[]? Broken(string kind) => kind switch
    {
        "words" => "A picture says more."u8.ToArray(),
        "nothing" => [],
        "cut.jpg" => PictureFiles.Read("colour.jpg")[..600],
        "cut.png" => PictureFiles.Read("colour.png")[..100],
        "huge.jpg" => Enlarge(PictureFiles.Read("colour.jpg")),
        _ => null,
    };

    // The frame header of ITU-T T.81: FF C0, length, precision, height, width.
    private static byte[] Enlarge(byte[] file)
    {
        int at = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(at + 5), 20_000);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(at + 7), 20_000);
        return file;
    }

    private static SKBitmap Draw(byte[] pixels) =>
        Bitmaps.Paint(28, 28, (x, y) => new SKColor(pixels[(y * 28) + x], pixels[(y * 28) + x], pixels[(y * 28) + x]));

    private static JsonElement Report(string folder) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, ExplainReport.FileName))).RootElement;
}
