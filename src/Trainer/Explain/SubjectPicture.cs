using Granary.Trainer.Data;
using Granary.Trainer.Pictures;

namespace Granary.Trainer.Explain;

/// <summary>The picture that a network is asked about, in the size and channels in which the network sees it.</summary>
/// <param name="Source">Where it is.</param>
/// <param name="Index">Which it is there, from 0.</param>
/// <param name="Title">What to call it.</param>
/// <param name="Label">Its class; null when nobody knows.</param>
internal sealed record SubjectPicture(IImageSource Source, int Index, string Title, int? Label)
{
    /// <summary>The picture alone as a batch; dispose it.</summary>
    public HostBatch ToBatch()
    {
        var batch = new HostBatch(Source, [Index], index: 0, globalSize: 1);
        batch.Fill(0, 1);
        return batch;
    }

    /// <summary>The picture: in colours with three channels, else the first channel in grey.</summary>
    public Canvas Draw() => Draw(Source, Index);

    /// <summary>A picture of a set: in colours with three channels, else the first channel in grey.</summary>
    /// <param name="source">The set.</param>
    /// <param name="index">The picture, from 0.</param>
    public static Canvas Draw(IImageSource source, int index)
    {
        byte[] bytes = new byte[source.Channels * source.Size * source.Size];
        source.CopyTo(index, bytes);
        int plane = source.Size * source.Size;
        var canvas = new Canvas(source.Size, source.Size, Colour.Black);
        for (int i = 0; i < plane; i++)
        {
            canvas[i % source.Size, i / source.Size] = source.Channels == 3
                ? new Colour(bytes[i], bytes[plane + i], bytes[(2 * plane) + i])
                : Colour.Grey(bytes[i]);
        }

        return canvas;
    }
}
