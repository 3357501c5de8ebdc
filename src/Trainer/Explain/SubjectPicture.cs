using Granary.Trainer.Data;
using Granary.Trainer.Data.Decoding;
using Granary.Trainer.Pictures;
using SkiaSharp;

namespace Granary.Trainer.Explain;

/// <summary>The picture that a network is asked about, in the size and channels in which the network sees it.</summary>
/// <param name="Source">Where it is.</param>
/// <param name="Index">Which it is there, from 0.</param>
/// <param name="Title">What to call it.</param>
/// <param name="Label">Its class; null when nobody knows.</param>
internal sealed record SubjectPicture(IImageSource Source, int Index, string Title, int? Label)
{
    // Finer than the sheets show it would be lost.
    private const int DetailedSide = 224;

    /// <summary>The same part of the picture, finer than the network sees it; null: there is nothing finer.</summary>
    public IImageSource? Detail { get; private init; }

    /// <summary>A picture file, prepared as the run prepares its validation pictures.</summary>
    /// <param name="path">A JPEG or PNG file of any size.</param>
    /// <param name="data">The run's data.</param>
    /// <exception cref="ExplainException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is no picture, damaged or too large: the message says how.</exception>
    public static SubjectPicture OfFile(string path, TrainingData data)
    {
        if (!File.Exists(path))
        {
            string found = Directory.Exists(path) ? "a folder" : "there is no such file";
            throw new ExplainException($"{path}: {found}; expected a JPEG or PNG file.");
        }

        try
        {
            using var file = PictureFile.Open(path);
            int size = data.Valid.Size;
            int detail = Math.Min(Math.Min(file.Width, file.Height), DetailedSide) / size;
            string title = FormattableString.Invariant($"picture {Path.GetFileName(path)}, {file.Width}x{file.Height}");
            return new SubjectPicture(data.ReadPicture(path), 0, title, null)
            {
                Detail = detail > 1 ? data.ReadPicture(path, detail) : null,
            };
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ExplainException($"{path}: cannot be read: {unreadable.Message}");
        }
    }

    /// <summary>The picture alone as a batch; dispose it.</summary>
    public HostBatch ToBatch()
    {
        var batch = new HostBatch(Source, [Index], index: 0, globalSize: 1);
        batch.Fill(0, 1);
        return batch;
    }

    /// <summary>The picture as the network sees it: in colours with three channels, else the first channel in grey.</summary>
    public SKBitmap Draw() => Draw(Source, Index);

    /// <summary>The picture as finely as it is known, in the same colours.</summary>
    public SKBitmap DrawDetail() => Detail is null ? Draw() : Draw(Detail, 0);

    /// <summary>A picture of a set: in colours with three channels, else the first channel in grey.</summary>
    /// <param name="source">The set.</param>
    /// <param name="index">The picture, from 0.</param>
    public static SKBitmap Draw(IImageSource source, int index)
    {
        byte[] bytes = new byte[source.Channels * source.Size * source.Size];
        source.CopyTo(index, bytes);
        int plane = source.Size * source.Size;
        bool colours = source.Channels == 3;
        return Bitmaps.Paint(source.Size, source.Size, (x, y) =>
        {
            int at = (y * source.Size) + x;
            return colours ? new SKColor(bytes[at], bytes[plane + at], bytes[(2 * plane) + at]) : new SKColor(bytes[at], bytes[at], bytes[at]);
        });
    }
}
