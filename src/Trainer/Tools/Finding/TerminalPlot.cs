using System.Text;
using Granary.Trainer.Pictures;

namespace Granary.Trainer.Tools.Finding;

/// <summary>A line in a terminal: braille dots, two by four to a character, or stars where there is no Unicode.</summary>
/// <param name="x">The horizontal axis.</param>
/// <param name="y">The vertical axis; what lies beyond its ends is drawn at them.</param>
internal sealed class TerminalPlot(PlotAxis x, PlotAxis y)
{
    private const int LabelWidth = 8;
    private const int Narrowest = 30;
    private const char NoDots = '\u2800';

    // Braille's dots of a cell, row by row: Unicode 15, chapter 21.1.
    private static readonly int[,] Dots = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    /// <summary>true: braille and box lines; false: ASCII only.</summary>
    public bool Unicode { get; init; } = true;

    /// <summary>Draws points, joined, over the axes, and a row of arrows at marked places.</summary>
    /// <param name="points">In the order in which they are joined; the axes place all of them.</param>
    /// <param name="marks">Places on the horizontal axis, each with one letter.</param>
    /// <param name="width">Columns in all; at least 30 are used.</param>
    /// <param name="height">Rows of the line, at least 2.</param>
    /// <returns>Lines of the terminal, top to bottom, without trailing blanks.</returns>
    public IReadOnlyList<string> Draw(
        IReadOnlyList<(double X, double Y)> points, IReadOnlyList<(double X, char Letter)> marks, int width, int height)
    {
        int columns = Math.Max(width, Narrowest) - LabelWidth - 2;
        int across = Unicode ? 2 : 1;
        int down = Unicode ? 4 : 1;
        bool[,] dots = new bool[height * down, columns * across];
        for (int i = 0; i < points.Count; i++)
            Join(dots, points[Math.Max(i - 1, 0)], points[i]);
        List<string> lines = [.. Enumerable.Range(0, height).Select(row => Label(row, height) + Row(dots, row, columns))];
        (char Letter, int Column)[] places =
            [.. marks.Where(mark => x.Share(mark.X) is >= 0 and <= 1).Select(mark => (mark.Letter, Place(x.Share(mark.X), columns)))];
        lines.Add(new string(' ', LabelWidth) + (Unicode ? '└' : '+') + Axis(columns));
        lines.Add(new string(' ', LabelWidth + 1) + Ticks(columns));
        lines.Add(new string(' ', LabelWidth + 1) + Marks(places, columns));
        return [.. lines.Select(line => line.TrimEnd())];
    }

    private static int Place(double share, int cells) => Math.Clamp((int)Math.Round(share * (cells - 1)), 0, cells - 1);

    private void Join(bool[,] dots, (double X, double Y) from, (double X, double Y) to)
    {
        (int Row, int Column) first = Cell(dots, from);
        (int Row, int Column) last = Cell(dots, to);
        int steps = Math.Max(Math.Max(Math.Abs(last.Row - first.Row), Math.Abs(last.Column - first.Column)), 1);
        for (int step = 0; step <= steps; step++)
        {
            int row = first.Row + (int)Math.Round((double)(last.Row - first.Row) * step / steps);
            int column = first.Column + (int)Math.Round((double)(last.Column - first.Column) * step / steps);
            dots[row, column] = true;
        }
    }

    private (int Row, int Column) Cell(bool[,] dots, (double X, double Y) point)
    {
        int rows = dots.GetLength(0);
        return (rows - 1 - Place(y.Share(point.Y), rows), Place(x.Share(point.X), dots.GetLength(1)));
    }

    private string Row(bool[,] dots, int row, int columns)
    {
        var text = new StringBuilder(columns + 1).Append(Unicode ? '│' : '|');
        for (int column = 0; column < columns; column++)
            text.Append(Unicode ? Braille(dots, row, column) : dots[row, column] ? '*' : ' ');
        return text.ToString().TrimEnd(NoDots);
    }

    private static char Braille(bool[,] dots, int row, int column)
    {
        int pattern = 0;
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 2; j++)
                pattern |= dots[(4 * row) + i, (2 * column) + j] ? Dots[i, j] : 0;
        }

        return (char)(NoDots + pattern);
    }

    private string Label(int row, int height)
    {
        string text = row == 0 ? Number(y.High) : row == height - 1 ? Number(y.Low) : row == height / 2 ? Number((y.Low + y.High) / 2) : "";
        return text.PadLeft(LabelWidth - 1) + ' ';
    }

    private string Axis(int columns)
    {
        char[] line = new string(Unicode ? '─' : '-', columns).ToCharArray();
        foreach (PlotTick tick in x.Ticks(columns / 8).Where(tick => tick.Label.Length > 0))
            line[Place(x.Share(tick.Value), columns)] = Unicode ? '┬' : '+';
        return new string(line);
    }

    private string Ticks(int columns)
    {
        char[] line = new string(' ', columns).ToCharArray();
        foreach (PlotTick tick in x.Ticks(columns / 8).Where(tick => tick.Label.Length > 0))
        {
            int start = Math.Clamp(Place(x.Share(tick.Value), columns) - (tick.Label.Length / 2), 0, columns - tick.Label.Length);
            tick.Label.CopyTo(line.AsSpan(start));
        }

        return new string(line);
    }

    private static string Marks(IEnumerable<(char Letter, int Column)> places, int columns)
    {
        char[] line = new string(' ', columns).ToCharArray();
        foreach ((char letter, int column) in places)
            line[column] = line[column] == ' ' ? letter : '*';
        return new string(line);
    }

    private static string Number(double value) => value.ToString("G3", System.Globalization.CultureInfo.InvariantCulture);
}
