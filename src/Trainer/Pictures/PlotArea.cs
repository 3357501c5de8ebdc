namespace Granary.Trainer.Pictures;

/// <summary>Where on a canvas a plot's axes lie.</summary>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical one, upwards.</param>
/// <param name="Left">The area's first column.</param>
/// <param name="Top">Its first row.</param>
/// <param name="Width">Its columns.</param>
/// <param name="Height">Its rows.</param>
internal sealed record PlotArea(PlotAxis X, PlotAxis Y, int Left, int Top, int Width, int Height)
{
    // Beyond this a line's pixels are not worth walking; what is cut off is outside anyway.
    private const double Far = 10;

    /// <summary>The row of the horizontal axis.</summary>
    public int Bottom => Top + Height;

    /// <summary>The column of a number that the horizontal axis places.</summary>
    /// <param name="value">The number.</param>
    public int Column(double value) => Left + (int)Math.Round(Math.Clamp(X.Share(value), -Far, Far) * (Width - 1));

    /// <summary>The row of a number that the vertical axis places.</summary>
    /// <param name="value">The number.</param>
    public int Row(double value) => Bottom - (int)Math.Round(Math.Clamp(Y.Share(value), -Far, Far) * (Height - 1));

    /// <summary>
    /// Draws the part of a line that is inside, after Liang and Barsky, "A new concept and method for line clipping" (1984).
    /// </summary>
    /// <param name="canvas">On what.</param>
    /// <param name="from">One end.</param>
    /// <param name="to">The other.</param>
    /// <param name="colour">With what.</param>
    public void DrawLine(Canvas canvas, (int X, int Y) from, (int X, int Y) to, Colour colour)
    {
        int dx = to.X - from.X;
        int dy = to.Y - from.Y;
        (double enter, double leave) = (0, 1);
        if (!Clip(-dx, from.X - Left, ref enter, ref leave) || !Clip(dx, Left + Width - 1 - from.X, ref enter, ref leave)
            || !Clip(-dy, from.Y - Top, ref enter, ref leave) || !Clip(dy, Bottom - from.Y, ref enter, ref leave))
        {
            return;
        }

        canvas.DrawLine(At(from.X, dx, enter), At(from.Y, dy, enter), At(from.X, dx, leave), At(from.Y, dy, leave), colour);
    }

    private static int At(int from, int length, double share) => from + (int)Math.Round(length * share);

    private static bool Clip(int direction, int distance, ref double enter, ref double leave)
    {
        if (direction == 0)
            return distance >= 0;
        double at = (double)distance / direction;
        if (direction < 0)
            enter = Math.Max(enter, at);
        else
            leave = Math.Min(leave, at);
        return enter <= leave;
    }
}
