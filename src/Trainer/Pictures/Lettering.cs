using SkiaSharp;

namespace Granary.Trainer.Pictures;

/// <summary>
/// Lines of text on a picture, in a font that the program carries: Skia's build without dependencies finds none on the machine, and a server
/// may have none. Safe for several threads: nothing changes the font after it is made.
/// </summary>
internal static class Lettering
{
    /// <summary>Rows of a line, what hangs down included.</summary>
    public const int Height = 13;

    /// <summary>Rows from a line's top to what letters stand on.</summary>
    public const int Ascent = 10;

    private const float Size = 11;
    private const string Resource = "Granary.Trainer.Pictures.Fonts.DejaVuSans-Subset.ttf";
    private const string Ellipsis = "…";

    /// <summary>The font, which lives as long as the program.</summary>
    public static SKTypeface Typeface { get; } = ReadTypeface();

    // Whole pixels between letters and strokes moved onto pixels: text this small is read more easily so.
    private static readonly SKFont Font = new(Typeface, Size)
    {
        Edging = SKFontEdging.Antialias,
        Hinting = SKFontHinting.Normal,
        Subpixel = false,
        BaselineSnap = true,
    };

    /// <summary>The colour of most text.</summary>
    public static SKColor Ink { get; } = new(0x20, 0x20, 0x20);

    /// <summary>Columns of a text.</summary>
    /// <param name="text">The text.</param>
    public static int Measure(string text) => (int)MathF.Ceiling(Font.MeasureText(text));

    /// <summary>The text, or as much of its beginning as fits, with an ellipsis for the rest.</summary>
    /// <param name="text">The text.</param>
    /// <param name="columns">Columns there are.</param>
    public static string Fit(string text, int columns)
    {
        if (Measure(text) <= columns)
            return text;
        int characters = Math.Max(Font.BreakText(text, columns - Measure(Ellipsis)), 0);
        return characters == 0 ? "" : text[..characters] + Ellipsis;
    }

    /// <summary>Writes one line of text.</summary>
    /// <param name="canvas">On what.</param>
    /// <param name="left">Column of its first pixel.</param>
    /// <param name="top">Row of its first pixel.</param>
    /// <param name="text">What.</param>
    /// <param name="colour">With what.</param>
    public static void Draw(SKCanvas canvas, int left, int top, string text, SKColor colour)
    {
        using var paint = new SKPaint { Color = colour, IsAntialias = true };
        canvas.DrawText(text, left, top + Ascent, SKTextAlign.Left, Font, paint);
    }

    private static SKTypeface ReadTypeface()
    {
        using Stream file = typeof(Lettering).Assembly.GetManifestResourceStream(Resource)!;
        using var data = SKData.Create(file);
        return SKTypeface.FromData(data);
    }
}
