using Granary.Trainer.Pictures;
using SkiaSharp;

namespace Granary.Trainer.Explain;

/// <summary>A confusion matrix: rows are true classes, columns predicted ones; the darker, the greater the share of the row.</summary>
internal static class ConfusionSheet
{
    private const int Margin = 10;
    private const int LineHeight = Lettering.Height + 2;

    // A table this wide fits a screen; with many classes the cells become small, and from some point on carry no text.
    private const int TableSide = 900;
    private const int LargestCell = 44;
    private const int SmallestCellWithText = Lettering.Height + 2;

    private const string Legend = "rows: true class, columns: predicted class; dark: a great share of its row";

    private static readonly SKColor FrameColour = new(0x60, 0x60, 0x60);

    /// <summary>Draws the matrix.</summary>
    /// <param name="survey">What the network said.</param>
    /// <param name="name">A class's name.</param>
    public static SKBitmap Draw(Survey survey, Func<int, string> name)
    {
        int classes = survey.Confusion.Count;
        int cell = Math.Clamp(TableSide / classes, 1, LargestCell);
        bool text = cell >= SmallestCellWithText;
        string[] names = [.. Enumerable.Range(0, classes).Select(label => Row(label, name(label)))];
        int left = Margin + (text ? names.Max(row => Lettering.Measure(row)) + Margin : 0);
        int top = Margin + ((text ? 3 : 2) * LineHeight);
        string title = FormattableString.Invariant(
            $"{survey.Examples} pictures, accuracy {survey.Accuracy:f4}, loss {survey.Loss:f4}");
        int longest = Math.Max(Lettering.Measure(title), Lettering.Measure(Legend));
        int side = classes * cell;
        int width = Math.Max(left + side, longest + Margin) + Margin;
        return Bitmaps.Draw(width, top + side + Margin, canvas =>
        {
            Lettering.Draw(canvas, Margin, Margin, title, Lettering.Ink);
            Lettering.Draw(canvas, Margin, Margin + LineHeight, Legend, Lettering.Ink);
            using (SKBitmap cells = Bitmaps.Paint(classes, classes, (x, y) => ColourMap.Blues.At(Share(survey.Confusion[y], x))))
                canvas.DrawBitmap(cells, SKRect.Create(left, top, side, side), new SKSamplingOptions(SKFilterMode.Nearest));
            using (var frame = new SKPaint { Color = FrameColour, Style = SKPaintStyle.Stroke })
                canvas.DrawRect(left - 0.5f, top - 0.5f, side + 1, side + 1, frame);
            for (int label = 0; text && label < classes; label++)
            {
                int row = top + (label * cell);
                DrawInCell(canvas, $"{label}", left + (label * cell), top - LineHeight, cell, Lettering.Height, Lettering.Ink);
                Lettering.Draw(canvas, left - 6 - Lettering.Measure(names[label]), row + Middle(cell), names[label], Lettering.Ink);
                DrawCounts(canvas, survey.Confusion[label], left, row, cell);
            }
        });
    }

    private static double Share(IReadOnlyList<long> counts, int column)
    {
        long sum = counts.Sum();
        return sum == 0 ? 0 : (double)counts[column] / sum;
    }

    private static void DrawCounts(SKCanvas canvas, IReadOnlyList<long> counts, int left, int top, int cell)
    {
        foreach ((int column, long count) in counts.Index())
        {
            SKColor colour = Share(counts, column) > 0.5 ? SKColors.White : Lettering.Ink;
            if (count > 0)
                DrawInCell(canvas, FormattableString.Invariant($"{count}"), left + (column * cell), top, cell, cell, colour);
        }
    }

    // A number in the middle of its cell; none when it is wider.
    private static void DrawInCell(SKCanvas canvas, string number, int left, int top, int width, int height, SKColor colour)
    {
        int columns = Lettering.Measure(number);
        if (columns < width)
            Lettering.Draw(canvas, left + ((width - columns) / 2), top + Middle(height), number, colour);
    }

    private static int Middle(int height) => (height - Lettering.Ascent) / 2;

    private static string Row(int label, string name)
    {
        string number = FormattableString.Invariant($"{label}");
        return Lettering.Fit(name == number ? number : $"{name} {number}", 200);
    }
}
