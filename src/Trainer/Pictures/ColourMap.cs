using SkiaSharp;

namespace Granary.Trainer.Pictures;

/// <summary>Colours for the numbers 0 to 1: straight lines in sRGB between control points at equal distances.</summary>
internal sealed class ColourMap
{
    private static readonly SKColor NotANumber = SKColors.Magenta;

    private readonly SKColor[] _points;

    private ColourMap(params int[] points) => _points = Array.ConvertAll(points, point => new SKColor(0xFF000000 | (uint)point));

    /// <summary>Black to white.</summary>
    public static ColourMap Grey { get; } = new(0x000000, 0xFFFFFF);

    /// <summary>Black to red.</summary>
    public static ColourMap Red { get; } = new(0x000000, 0xFF0000);

    /// <summary>Black to green.</summary>
    public static ColourMap Green { get; } = new(0x000000, 0x00FF00);

    /// <summary>Black to blue.</summary>
    public static ColourMap Blue { get; } = new(0x000000, 0x0000FF);

    /// <summary>
    /// Dark violet over green to yellow, evenly spaced for the eye: viridis by N. Smith and S. van der Walt (published under CC0 with
    /// Matplotlib 2.0), from its ten-colour palette as R's viridisLite prints it.
    /// </summary>
    public static ColourMap Viridis { get; } = new(
        0x440154, 0x482878, 0x3E4A89, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6DCD59, 0xB4DE2C, 0xFDE725);

    /// <summary>
    /// Dark blue over cyan and yellow to dark red, the usual colours of heat maps: the corners of MATLAB's <c>jet</c>, whose red, green
    /// and blue are trapezoids with a slope of 4, at 0, 1/8, 2/8 up to 1.
    /// </summary>
    public static ColourMap Jet { get; } = new(
        0x000080, 0x0000FF, 0x0080FF, 0x00FFFF, 0x80FF80, 0xFFFF00, 0xFF8000, 0xFF0000, 0x800000);

    /// <summary>
    /// Blue over white, which is at one half, to red, for numbers with a sign: the eleven colours of RdBu of C. Brewer's ColorBrewer 2.0,
    /// reversed.
    /// </summary>
    public static ColourMap Diverging { get; } = new(
        0x053061, 0x2166AC, 0x4393C3, 0x92C5DE, 0xD1E5F0, 0xF7F7F7, 0xFDDBC7, 0xF4A582, 0xD6604D, 0xB2182B, 0x67001F);

    /// <summary>White to dark blue, for tables with text in them: the nine colours of Blues, C. Brewer's ColorBrewer 2.0.</summary>
    public static ColourMap Blues { get; } = new(
        0xF7FBFF, 0xDEEBF7, 0xC6DBEF, 0x9ECAE1, 0x6BAED6, 0x4292C6, 0x2171B5, 0x08519C, 0x08306B);

    /// <summary>The colour of a number; of the nearer end outside 0 to 1, magenta for NaN.</summary>
    /// <param name="value">The number.</param>
    public SKColor At(double value)
    {
        if (double.IsNaN(value))
            return NotANumber;
        double at = Math.Clamp(value, 0, 1) * (_points.Length - 1);
        int first = Math.Min((int)at, _points.Length - 2);
        (SKColor low, SKColor high) = (_points[first], _points[first + 1]);
        double share = at - first;
        return new SKColor(Mix(low.Red, high.Red, share), Mix(low.Green, high.Green, share), Mix(low.Blue, high.Blue, share));
    }

    private static byte Mix(byte from, byte to, double share) => (byte)Math.Round(from + ((to - from) * share), MidpointRounding.AwayFromZero);
}
