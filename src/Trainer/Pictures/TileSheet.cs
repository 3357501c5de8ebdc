using SkiaSharp;

namespace Granary.Trainer.Pictures;

/// <summary>Pictures side by side in rows, each with its text below, under a title.</summary>
internal static class TileSheet
{
    /// <summary>Rows above the first row of pictures.</summary>
    public const int Head = Margin + Lettering.Height + Gap;

    /// <summary>Columns to the left of the first picture, and as many to the right of the last.</summary>
    public const int Margin = 10;

    /// <summary>Pixels between two tiles.</summary>
    public const int Gap = 6;

    private const int LineHeight = Lettering.Height + 1;

    /// <summary>Draws a sheet. All tiles get the room of the largest.</summary>
    /// <param name="title">One line above; the sheet is at least as wide.</param>
    /// <param name="tiles">From left to right, from top to bottom; their pictures are disposed.</param>
    /// <param name="columns">Tiles in a row, at least 1.</param>
    public static SKBitmap Draw(string title, IReadOnlyList<Tile> tiles, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        columns = Math.Clamp(columns, 1, Math.Max(tiles.Count, 1));
        int rows = (tiles.Count + columns - 1) / columns;
        int tileWidth = tiles.Select(tile => tile.Size.Width).DefaultIfEmpty(1).Max();
        int pictureHeight = tiles.Select(tile => tile.Size.Height).DefaultIfEmpty(0).Max();
        int lines = tiles.Select(tile => tile.Caption.Count).DefaultIfEmpty(0).Max();
        int tileHeight = pictureHeight + (lines == 0 ? 0 : 2 + (lines * LineHeight));
        int width = Math.Max((columns * (tileWidth + Gap)) - Gap, Lettering.Measure(title)) + (2 * Margin);
        return Bitmaps.Draw(width, Head + (rows * (tileHeight + Gap)) + Margin, canvas =>
        {
            Lettering.Draw(canvas, Margin, Margin, title, Lettering.Ink);
            foreach ((int index, Tile tile) in tiles.Index())
            {
                int left = Margin + (index % columns * (tileWidth + Gap));
                int top = Head + (index / columns * (tileHeight + Gap));
                canvas.DrawBitmap(tile.Picture, SKRect.Create(left, top, tile.Size.Width, tile.Size.Height), tile.Sampling);
                foreach ((int line, string text) in tile.Caption.Index())
                    Lettering.Draw(canvas, left, top + pictureHeight + 2 + (line * LineHeight), Lettering.Fit(text, tileWidth), Lettering.Ink);
                tile.Picture.Dispose();
            }
        });
    }
}
