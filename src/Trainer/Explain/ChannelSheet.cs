using Granary.Trainer.Data;
using Granary.Trainer.Pictures;

namespace Granary.Trainer.Explain;

/// <summary>A picture and each of its channels: red, green and blue in their colours, others in grey.</summary>
internal static class ChannelSheet
{
    private const int Side = 224;

    private static readonly (string Name, Colour Colour)[] Colours =
        [("red", Colour.Of(0xFF0000)), ("green", Colour.Of(0x00FF00)), ("blue", Colour.Of(0x0000FF))];

    /// <summary>Draws the channels.</summary>
    /// <param name="subject">The picture.</param>
    public static Canvas Draw(SubjectPicture subject)
    {
        IImageSource source = subject.Source;
        byte[] bytes = new byte[source.Channels * source.Size * source.Size];
        source.CopyTo(subject.Index, bytes);
        var tiles = new List<Tile> { new(subject.Draw().ScaledTo(Side), "all channels") };
        for (int channel = 0; channel < source.Channels; channel++)
        {
            (string name, Colour full) = source.Channels == 3 ? Colours[channel] : ($"channel {channel}", Colour.White);
            var canvas = new Canvas(source.Size, source.Size, Colour.Black);
            for (int y = 0; y < source.Size; y++)
            {
                for (int x = 0; x < source.Size; x++)
                    canvas[x, y] = Colour.Black.Towards(full, bytes[(((channel * source.Size) + y) * source.Size) + x] / 255.0);
            }

            tiles.Add(new Tile(canvas.ScaledTo(Side), name));
        }

        return TileSheet.Draw(subject.Title, tiles, columns: 4);
    }
}
