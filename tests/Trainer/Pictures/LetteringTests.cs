using Granary.Trainer.Pictures;
using SkiaSharp;

namespace Granary.Trainer.Tests.Pictures;

/// <summary>The font is the program's own, so these hold on a machine that has none.</summary>
public sealed class LetteringTests
{
    private const string Sample = "W";

    [Fact]
    public void Draw_EveryAsciiCharacter_LeavesInkAndNoTwoLookAlike()
    {
        string[] drawn = [.. Enumerable.Range('!', '~' - '!' + 1).Select(code => Drawn(((char)code).ToString()))];

        Assert.All(drawn, text => Assert.True(text.Count(dot => dot != '.') >= 2, text));
        Assert.Equal(94, drawn.Distinct().Count());
    }

    [Theory]
    [InlineData("ä")]
    [InlineData("Ł")]
    [InlineData("Ж")]
    [InlineData("λ")]
    [InlineData("≤")]
    public void Draw_LettersBeyondAscii_AreTheFontsOwn(string text) => Assert.NotEqual(Drawn("\u4E2D"), Drawn(text));

    [Fact]
    public void Draw_Text_StaysInsideItsLine()
    {
        using SKBitmap picture = Bitmaps.Draw(200, 40, canvas => Lettering.Draw(canvas, 10, 10, "Agpqy|()", SKColors.Black));

        int[] rows = [.. Ink(picture).Select(dot => dot.Y)];
        int[] columns = [.. Ink(picture).Select(dot => dot.X)];
        Assert.InRange(rows.Min(), 10, 12);
        Assert.InRange(rows.Max(), 10 + Lettering.Ascent, 10 + Lettering.Height - 1);
        Assert.InRange(columns.Max() + 1 - 10, Lettering.Measure("Agpqy|()") - 3, Lettering.Measure("Agpqy|()"));
    }

    [Fact]
    public void Draw_UprightStroke_HasTheFullColour()
    {
        using SKBitmap picture = Bitmaps.Draw(20, 20, canvas => Lettering.Draw(canvas, 2, 2, "L", SKColors.Black));

        // Hinted onto a column of pixels, not smeared over two.
        Assert.Contains(Ink(picture).GroupBy(dot => dot.X), column => column.Count(dot => picture.GetPixel(dot.X, dot.Y).Red < 60) >= 6);
    }

    [Fact]
    public void Fit_TextThatFits_IsLeftAsItIs() => Assert.Equal("conv1", Lettering.Fit("conv1", Lettering.Measure("conv1")));

    [Theory]
    [InlineData(40)]
    [InlineData(20)]
    [InlineData(9)]
    [InlineData(3)]
    public void Fit_Text_ShortensToTheColumnsThereAre(int columns)
    {
        string fitted = Lettering.Fit("layer2.0.downsample", columns);

        Assert.True(Lettering.Measure(fitted) <= columns, fitted);
        Assert.True(fitted.Length == 0 || fitted.EndsWith('…'), fitted);
        Assert.True(columns < 40 || fitted.Length > 4, fitted);
    }

    [Fact]
    public void Measure_Letters_IsWhatTheyTake() => Assert.InRange(Lettering.Measure(Sample), 8, 13);

    private static string Drawn(string text)
    {
        using SKBitmap picture = Bitmaps.Draw(24, 20, canvas => Lettering.Draw(canvas, 2, 2, text, SKColors.Black));
        return string.Concat(picture.Pixels.Select(pixel => pixel.Red < 128 ? '#' : pixel.Red < 224 ? '+' : '.'));
    }

    private static IEnumerable<(int X, int Y)> Ink(SKBitmap picture) =>
        from y in Enumerable.Range(0, picture.Height)
        from x in Enumerable.Range(0, picture.Width)
        where picture.GetPixel(x, y) != SKColors.White
        select (x, y);
}
