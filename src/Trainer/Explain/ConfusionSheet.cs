using Granary.Trainer.Pictures;

namespace Granary.Trainer.Explain;

/// <summary>A confusion matrix: rows are true classes, columns predicted ones; the darker, the greater the share of the row.</summary>
internal static class ConfusionSheet
{
    private const int Margin = 10;
    private const int LineHeight = BitmapFont.Height + 4;

    // A table this wide fits a screen; with many classes the cells become small, and from some point on carry no text.
    private const int TableSide = 900;
    private const int LargestCell = 44;
    private const int SmallestCellWithText = BitmapFont.Height + 2;

    private const string Legend = "rows: true class, columns: predicted class; dark: a great share of its row";

    private static readonly Colour Ink = Colour.Grey(0x20);

    /// <summary>Draws the matrix.</summary>
    /// <param name="survey">What the network said.</param>
    /// <param name="name">A class's name.</param>
    public static Canvas Draw(Survey survey, Func<int, string> name)
    {
        int classes = survey.Confusion.Count;
        int cell = Math.Clamp(TableSide / classes, 1, LargestCell);
        bool text = cell >= SmallestCellWithText;
        string[] names = [.. Enumerable.Range(0, classes).Select(label => Row(label, name(label)))];
        int left = Margin + (text ? names.Max(row => BitmapFont.Measure(row)) + Margin : 0);
        int top = Margin + (text ? 3 : 2) * LineHeight;
        string title = FormattableString.Invariant(
            $"{survey.Examples} pictures, accuracy {survey.Accuracy:f4}, loss {survey.Loss:f4}");
        int longest = Math.Max(BitmapFont.Measure(title), BitmapFont.Measure(Legend));
        int width = Math.Max(left + (classes * cell), longest + Margin) + Margin;
        var canvas = new Canvas(width, top + (classes * cell) + Margin, Colour.White);
        canvas.DrawText(Margin, Margin, title, Ink);
        canvas.DrawText(Margin, Margin + LineHeight, Legend, Ink);
        for (int label = 0; label < classes; label++)
        {
            if (text)
            {
                int middle = (cell - BitmapFont.Ascent) / 2;
                canvas.DrawText(left - 6 - BitmapFont.Measure(names[label]), top + (label * cell) + middle, names[label], Ink);
                string number = FormattableString.Invariant($"{label}");
                canvas.DrawText(left + (label * cell) + ((cell - BitmapFont.Measure(number)) / 2), top - LineHeight + 2, number, Ink);
            }

            DrawRow(canvas, survey.Confusion[label], left, top + (label * cell), cell);
        }

        canvas.DrawRectangle(left - 1, top - 1, (classes * cell) + 2, (classes * cell) + 2, Colour.Grey(0x60));
        return canvas;
    }

    private static void DrawRow(Canvas canvas, IReadOnlyList<long> counts, int left, int top, int cell)
    {
        long sum = counts.Sum();
        foreach ((int column, long count) in counts.Index())
        {
            double share = sum == 0 ? 0 : (double)count / sum;
            canvas.FillRectangle(left + (column * cell), top, cell, cell, ColourMap.Blues.At(share));
            string number = FormattableString.Invariant($"{count}");
            int width = BitmapFont.Measure(number);
            if (count > 0 && width < cell && cell >= SmallestCellWithText)
            {
                Colour colour = share > 0.5 ? Colour.White : Ink;
                canvas.DrawText(left + (column * cell) + ((cell - width) / 2), top + ((cell - BitmapFont.Ascent) / 2), number, colour);
            }
        }
    }

    private static string Row(int label, string name)
    {
        string number = FormattableString.Invariant($"{label}");
        return BitmapFont.Fit(name == number ? number : $"{name} {number}", 200);
    }
}
