using Granary.Trainer.Data;
using Granary.Trainer.Explain;
using Granary.Trainer.Pictures;

namespace Granary.Trainer.Tests.Explain;

public sealed class SheetTests : IDisposable
{
    private readonly TinyNetwork _tiny = new();

    public void Dispose() => _tiny.Dispose();

    [Fact]
    public void Overlay_IsHalfPictureHalfHeat()
    {
        var picture = new Canvas(4, 4, Colour.Grey(100));
        var sheet = new HeatSheet(picture, new FloatMap(2, 2, [0, 0, 0, 5]));

        Assert.Equal(224, sheet.Overlay.Width);
        // The corners are the heat map's own numbers: jet's dark blue at the least, its dark red at the greatest.
        Assert.Equal(Colour.Of(0x000080), sheet.Heat[0, 0]);
        Assert.Equal(Colour.Of(0x800000), sheet.Heat[223, 223]);
        Assert.Equal(new Colour(50, 50, 114), sheet.Overlay[0, 0]);
        Assert.Equal(new Colour(114, 50, 50), sheet.Overlay[223, 223]);
    }

    [Fact]
    public void Draw_ConfusionOfTwoClasses_PaintsSharesOfRows()
    {
        var survey = new Survey([[8, 2], [0, 0]], [], 10, 0.5);

        Canvas canvas = ConfusionSheet.Draw(survey, label => $"class {label}");

        Assert.Equal(ColourMap.Blues.At(0.8), CellCorner(canvas, 0, 0));
        Assert.Equal(ColourMap.Blues.At(0.2), CellCorner(canvas, 1, 0));
        Assert.Equal(ColourMap.Blues.At(0), CellCorner(canvas, 1, 1));
    }

    [Fact]
    public void Draw_ConfusionOfTwoClasses_HasRoomForWhatIsWrittenAboveIt()
    {
        Canvas canvas = ConfusionSheet.Draw(new Survey([[8, 2], [0, 0]], [], 10, 0.5), label => $"{label}");

        Assert.All(
            from y in Enumerable.Range(0, canvas.Height) from x in Enumerable.Range(1, 9) select canvas[canvas.Width - x, y],
            pixel => Assert.Equal(Colour.White, pixel));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    public void Draw_ConfusionOfManyClasses_StaysOnAScreen(int classes)
    {
        int[] labels = [.. Enumerable.Range(0, classes)];
        long[][] rows = [.. labels.Select(row => labels.Select(column => row == column ? 5L : 0).ToArray())];

        Canvas canvas = ConfusionSheet.Draw(new Survey(rows, [], 5 * classes, 0), label => $"class {label}");

        Assert.InRange(canvas.Width, 800, 1_200);
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

        Canvas sheet = ChannelSheet.Draw(subject);

        int top = 40;
        Assert.Equal(Colour.Of(0xFF0000), sheet[20, top]);
        Assert.Equal(Colour.Of(0xFF0000), sheet[20 + 230, top]);
        Assert.Equal(Colour.Black, sheet[20 + 460, top]);
        Assert.Equal(Colour.Of(0x00FF00), sheet[20 + 460 + 112, top]);
        Assert.Equal(Colour.Of(0x0000FF), sheet[20 + 690 + 112, top + 112]);
    }

    [Fact]
    public void Draw_Kernels_HaveTheGreatestWeightInFullColour()
    {
        Canvas sheet = KernelSheet.Draw(_tiny.Network);

        // sin(0.7 * 1 + 1) / 2 is the greatest of conv1's weights in absolute value, and positive: full red.
        Assert.Contains(Colour.Of(0x67001F), Pixels(sheet));
        Assert.DoesNotContain(Colour.Of(0x053061), Pixels(sheet));
    }

    [Fact]
    public void Draw_MostWrong_OfNone_SaysSo()
    {
        var set = new ImageSet("set", 1, 2, [0, 0, 0, 0], [0]);

        Canvas sheet = WrongSheet.Draw(new Survey([[1]], [], 1, 0.1), set, label => $"{label}");

        Assert.True(sheet.Width > 200 && sheet.Height < 60);
    }

    // The table's frame is the only thing in this grey; its first pixel is just outside the first cell.
    private static Colour CellCorner(Canvas canvas, int column, int row)
    {
        (int x, int y) = (from top in Enumerable.Range(0, canvas.Height)
                          from left in Enumerable.Range(0, canvas.Width)
                          where canvas[left, top] == Colour.Grey(0x60)
                          select (left, top)).First();
        return canvas[x + 3 + (column * 44), y + 3 + (row * 44)];
    }

    private static HashSet<Colour> Pixels(Canvas canvas) =>
        [.. from y in Enumerable.Range(0, canvas.Height) from x in Enumerable.Range(0, canvas.Width) select canvas[x, y]];
}
