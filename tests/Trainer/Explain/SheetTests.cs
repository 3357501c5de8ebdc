using Granary.Trainer.Data;
using Granary.Trainer.Explain;
using Granary.Trainer.Pictures;
using SkiaSharp;

namespace Granary.Trainer.Tests.Explain;

public sealed class SheetTests : IDisposable
{
    private readonly TinyNetwork _tiny = new();

    public void Dispose() => _tiny.Dispose();

    [Fact]
    public void Overlay_IsHalfPictureHalfHeat()
    {
        using var sheet = new HeatSheet(Bitmaps.Paint(4, 4, (_, _) => new SKColor(100, 100, 100)), new FloatMap(2, 2, [0, 0, 0, 5]));

        using SKBitmap overlay = sheet.DrawOverlay();
        using SKBitmap heat = sheet.DrawHeat();
        Assert.Equal(224, overlay.Width);
        // The corners are the heat map's own numbers: jet's dark blue at the least, its dark red at the greatest.
        Assert.Equal(new SKColor(0xFF000080), heat.GetPixel(0, 0));
        Assert.Equal(new SKColor(0xFF800000), heat.GetPixel(223, 223));
        Assert.Equal(new SKColor(50, 50, 114), overlay.GetPixel(0, 0));
        Assert.Equal(new SKColor(114, 50, 50), overlay.GetPixel(223, 223));
    }

    [Fact]
    public void Draw_ConfusionOfTwoClasses_PaintsSharesOfRows()
    {
        var survey = new Survey([[8, 2], [0, 0]], [], 10, 0.5);

        using SKBitmap picture = ConfusionSheet.Draw(survey, label => $"class {label}");

        Assert.Equal(ColourMap.Blues.At(0.8), CellCorner(picture, 0, 0));
        Assert.Equal(ColourMap.Blues.At(0.2), CellCorner(picture, 1, 0));
        Assert.Equal(ColourMap.Blues.At(0), CellCorner(picture, 1, 1));
    }

    [Fact]
    public void Draw_ConfusionOfTwoClasses_HasRoomForWhatIsWrittenAboveIt()
    {
        using SKBitmap picture = ConfusionSheet.Draw(new Survey([[8, 2], [0, 0]], [], 10, 0.5), label => $"{label}");

        Assert.All(
            from y in Enumerable.Range(0, picture.Height) from x in Enumerable.Range(1, 9) select picture.GetPixel(picture.Width - x, y),
            pixel => Assert.Equal(SKColors.White, pixel));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    public void Draw_ConfusionOfManyClasses_StaysOnAScreen(int classes)
    {
        int[] labels = [.. Enumerable.Range(0, classes)];
        long[][] rows = [.. labels.Select(row => labels.Select(column => row == column ? 5L : 0).ToArray())];

        using SKBitmap picture = ConfusionSheet.Draw(new Survey(rows, [], 5 * classes, 0), label => $"class {label}");

        Assert.InRange(picture.Width, 800, 1_200);
    }

    [Fact]
    public void ToBatch_Picture_HasItsBytesAndLabel()
    {
        var set = new ImageSet("set", 1, 2, [1, 2, 3, 4, 5, 6, 7, 8], [3, 9]);

        using HostBatch batch = new SubjectPicture(set, 1, "second", 9).ToBatch();

        Assert.Equal([5, 6, 7, 8], batch.Pixels.ToArray());
        Assert.Equal([9L], batch.Labels.ToArray());
    }

    [Fact]
    public void Draw_Channels_AreTheirColours()
    {
        // Two by two: red, green, blue, white.
        var set = new ImageSet("set", 3, 2, [255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255], [0]);
        var subject = new SubjectPicture(set, 0, "colours", null);

        using SKBitmap sheet = ChannelSheet.Draw(subject);

        int top = TileSheet.Head + 15;
        Assert.Equal(new SKColor(0xFFFF0000), sheet.GetPixel(20, top));
        Assert.Equal(new SKColor(0xFFFF0000), sheet.GetPixel(20 + 230, top));
        Assert.Equal(SKColors.Black, sheet.GetPixel(20 + 460, top));
        Assert.Equal(new SKColor(0xFF00FF00), sheet.GetPixel(20 + 460 + 112, top));
        Assert.Equal(new SKColor(0xFF0000FF), sheet.GetPixel(20 + 690 + 112, top + 112));
    }

    [Fact]
    public void Draw_Kernels_HaveTheGreatestWeightInFullColour()
    {
        using SKBitmap sheet = KernelSheet.Draw(_tiny.Network);

        // sin(0.7 * 1 + 1) / 2 is the greatest of conv1's weights in absolute value, and positive: full red.
        Assert.Contains(new SKColor(0xFF67001F), Pixels(sheet));
        Assert.DoesNotContain(new SKColor(0xFF053061), Pixels(sheet));
    }

    [Fact]
    public void Draw_MostWrong_OfNone_SaysSo()
    {
        var set = new ImageSet("set", 1, 2, [0, 0, 0, 0], [0]);

        using SKBitmap sheet = WrongSheet.Draw(new Survey([[1]], [], 1, 0.1), set, label => $"{label}");

        Assert.True(sheet.Width > 200 && sheet.Height < 60);
    }

    // The table's frame is the only thing in this grey; its first pixel is just outside the first cell.
    private static SKColor CellCorner(SKBitmap picture, int column, int row)
    {
        (int x, int y) = (from top in Enumerable.Range(0, picture.Height)
                          from left in Enumerable.Range(0, picture.Width)
                          where picture.GetPixel(left, top) == new SKColor(0x60, 0x60, 0x60)
                          select (left, top)).First();
        return picture.GetPixel(x + 3 + (column * 44), y + 3 + (row * 44));
    }

    private static HashSet<SKColor> Pixels(SKBitmap picture) =>
        [.. from y in Enumerable.Range(0, picture.Height) from x in Enumerable.Range(0, picture.Width) select picture.GetPixel(x, y)];
}
