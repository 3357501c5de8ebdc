namespace Granary.Trainer.Pictures;

/// <summary>Pictures side by side in rows, each with its text below, under a title.</summary>
internal static class TileSheet
{
    private const int Gap = 6;
    private const int Margin = 10;
    private const int LineHeight = BitmapFont.Height + 2;

    private static readonly Colour Ink = Colour.Grey(0x20);

    /// <summary>Draws a sheet. All tiles get the room of the largest.</summary>
    /// <param name="title">One line above; the sheet is at least as wide.</param>
    /// <param name="tiles">From left to right, from top to bottom.</param>
    /// <param name="columns">Tiles in a row, at least 1.</param>
    public static Canvas Draw(string title, IReadOnlyList<Tile> tiles, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        columns = Math.Clamp(columns, 1, Math.Max(tiles.Count, 1));
        int rows = (tiles.Count + columns - 1) / columns;
        int tileWidth = tiles.Select(tile => tile.Picture.Width).DefaultIfEmpty(1).Max();
        int pictureHeight = tiles.Select(tile => tile.Picture.Height).DefaultIfEmpty(0).Max();
        int lines = tiles.Select(tile => tile.Caption.Count).DefaultIfEmpty(0).Max();
        int tileHeight = pictureHeight + (lines == 0 ? 0 : 2 + (lines * LineHeight));
        int head = Margin + BitmapFont.Height + Gap;
        int width = Math.Max((columns * (tileWidth + Gap)) - Gap, BitmapFont.Measure(title)) + (2 * Margin);
        var canvas = new Canvas(width, head + (rows * (tileHeight + Gap)) + Margin, Colour.White);
        canvas.DrawText(Margin, Margin, title, Ink);
        foreach ((int index, Tile tile) in tiles.Index())
        {
            int left = Margin + (index % columns * (tileWidth + Gap));
            int top = head + (index / columns * (tileHeight + Gap));
            canvas.DrawPicture(tile.Picture, left, top);
            foreach ((int line, string text) in tile.Caption.Index())
                canvas.DrawText(left, top + pictureHeight + 2 + (line * LineHeight), BitmapFont.Fit(text, tileWidth), Ink);
        }

        return canvas;
    }
}
