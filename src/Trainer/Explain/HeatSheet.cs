using Granary.Trainer.Pictures;

namespace Granary.Trainer.Explain;

/// <summary>A picture with its heat map.</summary>
/// <param name="picture">The picture, square.</param>
/// <param name="heat">The heat map, at any resolution.</param>
internal sealed class HeatSheet(Canvas picture, FloatMap heat)
{
    private const int LeastSide = 224;

    // The heat map and the picture are worth the same.
    private const double OverlayShare = 0.5;

    private readonly int _side = picture.Width * Math.Max(LeastSide / picture.Width, 1);

    /// <summary>The picture, enlarged.</summary>
    public Canvas Original => picture.ScaledNearest(_side, _side);

    /// <summary>The heat map from its least to its greatest number, blue to red, over the whole picture.</summary>
    public Canvas Heat => heat.Spread().ScaledBilinear(_side, _side).Paint(ColourMap.Jet);

    /// <summary>Both, half and half.</summary>
    public Canvas Overlay
    {
        get
        {
            Canvas original = Original;
            Canvas colours = Heat;
            for (int y = 0; y < _side; y++)
            {
                for (int x = 0; x < _side; x++)
                    original[x, y] = original[x, y].Towards(colours[x, y], OverlayShare);
            }

            return original;
        }
    }

    /// <summary>Original, heat map and overlay side by side.</summary>
    /// <param name="title">Above them.</param>
    /// <param name="layer">The layer that was looked at.</param>
    public Canvas DrawThree(string title, string layer) => TileSheet.Draw(
        title, [new Tile(Original, "original"), new Tile(Heat, $"Grad-CAM at {layer}"), new Tile(Overlay, "overlay")], columns: 3);
}
