using Granary.Trainer.Pictures;

namespace Granary.Trainer.Tests.Pictures;

public sealed class CanvasTests
{
    [Fact]
    public void DrawLine_AnyDirection_JoinsItsEndsWithoutGaps()
    {
        foreach ((int x, int y) in new[] { (9, 9), (0, 9), (9, 0), (3, 9), (9, 4), (5, 5), (0, 5) })
        {
            var canvas = new Canvas(10, 10, Colour.White);

            canvas.DrawLine(5, 5, x, y, Colour.Black);

            Assert.Equal(Colour.Black, canvas[5, 5]);
            Assert.Equal(Colour.Black, canvas[x, y]);
            Assert.Equal(Math.Max(Math.Abs(x - 5), Math.Abs(y - 5)) + 1, Ink(canvas));
        }
    }

    [Fact]
    public void DrawText_LetterL_HasItsStemAndFoot()
    {
        var canvas = new Canvas(5, 9, Colour.White);

        canvas.DrawText(0, 0, "L", Colour.Black);

        string[] expected = ["#....", "#....", "#....", "#....", "#....", "#....", "#####", ".....", "....."];
        Assert.Equal(expected, Rows(canvas));
    }

    [Fact]
    public void DrawText_Scaled_DrawsEachDotAsASquare()
    {
        var small = new Canvas(30, 9, Colour.White);
        var large = new Canvas(90, 27, Colour.White);

        small.DrawText(0, 0, "Ag@9!", Colour.Black);
        large.DrawText(0, 0, "Ag@9!", Colour.Black, scale: 3);

        Assert.Equal(Rows(small.ScaledNearest(90, 27)), Rows(large));
    }

    [Fact]
    public void DrawText_EveryAsciiCharacter_IsDrawnDifferently()
    {
        var drawn = Enumerable.Range(' ', '~' - ' ' + 1).Select(code =>
        {
            var canvas = new Canvas(5, 9, Colour.White);
            canvas.DrawText(0, 0, ((char)code).ToString(), Colour.Black);
            return string.Concat(Rows(canvas));
        }).ToList();

        Assert.Equal(95, drawn.Distinct().Count());
    }

    [Fact]
    public void DrawText_CharacterTheFontLacks_IsAQuestionMark()
    {
        var umlaut = new Canvas(5, 9, Colour.White);
        var mark = new Canvas(5, 9, Colour.White);

        umlaut.DrawText(0, 0, "ä", Colour.Black);
        mark.DrawText(0, 0, "?", Colour.Black);

        Assert.Equal(Rows(mark), Rows(umlaut));
    }

    [Fact]
    public void Draw_OutsideTheCanvas_LeavesItAsItIs()
    {
        var canvas = new Canvas(4, 4, Colour.White);

        canvas.FillRectangle(-5, -5, 5, 5, Colour.Black);
        canvas.DrawLine(-3, 10, 10, 10, Colour.Black);
        canvas.DrawText(4, 4, "W", Colour.Black, scale: 2);
        canvas.DrawPicture(new Canvas(3, 3, Colour.Black), 4, -3);

        Assert.Equal(0, Ink(canvas));
    }

    [Fact]
    public void DrawRectangle_InsideTheCanvas_IsAnOutline()
    {
        var canvas = new Canvas(5, 4, Colour.White);

        canvas.DrawRectangle(1, 1, 4, 3, Colour.Black);

        Assert.Equal([".....", ".####", ".#..#", ".####"], Rows(canvas));
    }

    [Fact]
    public void ScaledBilinear_TwoPixelsToFour_InterpolatesAtPixelCentres()
    {
        // By hand: centres at 0.25, 0.75, 1.25 and 1.75 of the source, whose own are at 0.5 and 1.5.
        var canvas = new Canvas(2, 1, Colour.Black) { [1, 0] = Colour.Grey(100) };

        Canvas scaled = canvas.ScaledBilinear(4, 1);

        Assert.Equal([0, 25, 75, 100], Enumerable.Range(0, 4).Select(x => (int)scaled[x, 0].Red));
    }

    [Theory]
    [InlineData("conv1", 100, "conv1")]
    [InlineData("layer2.0", 47, "layer2.0")]
    [InlineData("layer2.0", 46, "layer..")]
    [InlineData("layer2.0", 11, "la")]
    [InlineData("layer2.0", 3, "")]
    public void Fit_Text_ShortensToTheColumnsThereAre(string text, int columns, string expected)
    {
        string fitted = BitmapFont.Fit(text, columns);

        Assert.Equal(expected, fitted);
        Assert.True(BitmapFont.Measure(fitted) <= columns);
    }

    private static IEnumerable<string> Rows(Canvas canvas) =>
        Enumerable.Range(0, canvas.Height)
            .Select(y => string.Concat(Enumerable.Range(0, canvas.Width).Select(x => canvas[x, y] == Colour.White ? '.' : '#')));

    private static int Ink(Canvas canvas) => Rows(canvas).Sum(row => row.Count(dot => dot == '#'));
}
