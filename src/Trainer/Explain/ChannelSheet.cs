using Granary.Trainer.Data;
using Granary.Trainer.Pictures;
using SkiaSharp;

namespace Granary.Trainer.Explain;

/// <summary>A picture and each of its channels: red, green and blue in their colours, others in grey.</summary>
internal static class ChannelSheet
{
    private const int Side = 224;

    private static readonly (string Name, ColourMap Map)[] Colours =
        [("red", ColourMap.Red), ("green", ColourMap.Green), ("blue", ColourMap.Blue)];

    /// <summary>Draws the channels.</summary>
    /// <param name="subject">The picture.</param>
    public static SKBitmap Draw(SubjectPicture subject)
    {
        IImageSource source = subject.Source;
        byte[] bytes = new byte[source.Channels * source.Size * source.Size];
        source.CopyTo(subject.Index, bytes);
        var tiles = new List<Tile> { new(subject.Draw(), Side, "all channels") };
        for (int channel = 0; channel < source.Channels; channel++)
        {
            (string name, ColourMap map) = source.Channels == 3 ? Colours[channel] : ($"channel {channel}", ColourMap.Grey);
            int first = channel * source.Size * source.Size;
            SKBitmap plane = Bitmaps.Paint(source.Size, source.Size, (x, y) => map.At(bytes[first + (y * source.Size) + x] / 255.0));
            tiles.Add(new Tile(plane, Side, name));
        }

        return TileSheet.Draw(subject.Title, tiles, columns: 4);
    }
}
