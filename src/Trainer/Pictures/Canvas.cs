namespace Granary.Trainer.Pictures;

/// <summary>A picture to draw on: 8-bit RGB, the origin at the top left. What would fall outside is left out.</summary>
internal sealed class Canvas
{
    private readonly byte[] _pixels;

    /// <summary>A canvas of one colour.</summary>
    /// <param name="width">Pixels, at least 1.</param>
    /// <param name="height">Pixels, at least 1.</param>
    /// <param name="background">Its colour.</param>
    public Canvas(int width, int height, Colour background)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        Width = width;
        Height = height;
        _pixels = new byte[checked(width * height * 3)];
        FillRectangle(0, 0, width, height, background);
    }

    /// <summary>Pixels.</summary>
    public int Width { get; }

    /// <summary>Pixels.</summary>
    public int Height { get; }

    /// <summary>One pixel. Setting one outside does nothing.</summary>
    /// <param name="x">From the left, from 0.</param>
    /// <param name="y">From the top, from 0.</param>
    public Colour this[int x, int y]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)x, (uint)Width, nameof(x));
            ReadOnlySpan<byte> row = Row(y);
            return new Colour(row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]);
        }

        set
        {
            if ((uint)x >= (uint)Width || (uint)y >= (uint)Height)
                return;
            int at = ((y * Width) + x) * 3;
            _pixels[at] = value.Red;
            _pixels[at + 1] = value.Green;
            _pixels[at + 2] = value.Blue;
        }
    }

    /// <summary>The bytes of a row: red, green, blue, pixel after pixel.</summary>
    /// <param name="y">From the top, from 0.</param>
    public ReadOnlySpan<byte> Row(int y) => _pixels.AsSpan(y * Width * 3, Width * 3);

    /// <summary>Fills a rectangle.</summary>
    /// <param name="left">Its first column.</param>
    /// <param name="top">Its first row.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="colour">With what.</param>
    public void FillRectangle(int left, int top, int width, int height, Colour colour)
    {
        for (int y = Math.Max(top, 0); y < Math.Min(top + height, Height); y++)
        {
            for (int x = Math.Max(left, 0); x < Math.Min(left + width, Width); x++)
                this[x, y] = colour;
        }
    }

    /// <summary>Draws the outline of a rectangle, one pixel wide, inside its bounds.</summary>
    /// <param name="left">Its first column.</param>
    /// <param name="top">Its first row.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="colour">With what.</param>
    public void DrawRectangle(int left, int top, int width, int height, Colour colour)
    {
        FillRectangle(left, top, width, 1, colour);
        FillRectangle(left, top + height - 1, width, 1, colour);
        FillRectangle(left, top, 1, height, colour);
        FillRectangle(left + width - 1, top, 1, height, colour);
    }

    /// <summary>
    /// Draws a line one pixel wide, both ends included, after Bresenham, "Algorithm for computer control of a digital plotter" (1965).
    /// </summary>
    /// <param name="x0">Column of one end.</param>
    /// <param name="y0">Row of one end.</param>
    /// <param name="x1">Column of the other.</param>
    /// <param name="y1">Row of the other.</param>
    /// <param name="colour">With what.</param>
    public void DrawLine(int x0, int y0, int x1, int y1, Colour colour)
    {
        int width = Math.Abs(x1 - x0);
        int height = -Math.Abs(y1 - y0);
        int error = width + height;
        while (true)
        {
            this[x0, y0] = colour;
            if (x0 == x1 && y0 == y1)
                return;
            int twice = 2 * error;
            if (twice >= height)
            {
                error += height;
                x0 += Math.Sign(x1 - x0);
            }

            if (twice <= width)
            {
                error += width;
                y0 += Math.Sign(y1 - y0);
            }
        }
    }

    /// <summary>Writes one line of text. Characters that the font lacks become question marks.</summary>
    /// <param name="left">Column of its first pixel.</param>
    /// <param name="top">Row of its first pixel.</param>
    /// <param name="text">What.</param>
    /// <param name="colour">With what.</param>
    /// <param name="scale">Pixels of the canvas per pixel of the font, at least 1.</param>
    public void DrawText(int left, int top, string text, Colour colour, int scale = 1)
    {
        foreach (char character in text)
        {
            foreach ((int column, int row) in BitmapFont.Dots(character))
                FillRectangle(left + (column * scale), top + (row * scale), scale, scale, colour);
            left += BitmapFont.Advance * scale;
        }
    }

    /// <summary>Copies another picture onto this one.</summary>
    /// <param name="picture">The other.</param>
    /// <param name="left">Where its first column goes.</param>
    /// <param name="top">Where its first row goes.</param>
    public void DrawPicture(Canvas picture, int left, int top)
    {
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++)
                this[left + x, top + y] = picture[x, y];
        }
    }

    /// <summary>This picture in another size, nearest pixel: right for enlarging what is made of few pixels.</summary>
    /// <param name="width">Pixels, at least 1.</param>
    /// <param name="height">Pixels, at least 1.</param>
    public Canvas ScaledNearest(int width, int height)
    {
        var scaled = new Canvas(width, height, Colour.Black);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                scaled[x, y] = this[(int)((long)x * Width / width), (int)((long)y * Height / height)];
        }

        return scaled;
    }

    /// <summary>
    /// This picture about that large: each pixel becomes a square when it is smaller, else it shrinks, its shape kept.
    /// </summary>
    /// <param name="side">Its longer side at most, in pixels, at least 1.</param>
    public Canvas ScaledTo(int side)
    {
        int longer = Math.Max(Width, Height);
        int times = side / longer;
        return times >= 1
            ? ScaledNearest(Width * times, Height * times)
            : ScaledBilinear(Math.Max(Width * side / longer, 1), Math.Max(Height * side / longer, 1));
    }

    /// <summary>
    /// This picture in another size, bilinear between pixel centres at half coordinates (PyTorch's <c>align_corners=False</c>). No
    /// filter is widened for shrinking: pixels are then skipped.
    /// </summary>
    /// <param name="width">Pixels, at least 1.</param>
    /// <param name="height">Pixels, at least 1.</param>
    public Canvas ScaledBilinear(int width, int height)
    {
        var scaled = new Canvas(width, height, Colour.Black);
        for (int y = 0; y < height; y++)
        {
            (int top, int bottom, double down) = Bilinear.Between(y, Height, height);
            for (int x = 0; x < width; x++)
            {
                (int left, int right, double along) = Bilinear.Between(x, Width, width);
                Colour upper = this[left, top].Towards(this[right, top], along);
                scaled[x, y] = upper.Towards(this[left, bottom].Towards(this[right, bottom], along), down);
            }
        }

        return scaled;
    }
}
