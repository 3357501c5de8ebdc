using Granary.Trainer.Data.Decoding;

namespace Granary.Trainer.Data.Sets;

/// <summary>JPEG and PNG files, decoded to three channels each time they are read.</summary>
/// <param name="paths">The files.</param>
/// <param name="labels">The class of each.</param>
internal sealed class FolderPictures(string[] paths, int[] labels) : IPictureSource
{
    /// <inheritdoc/>
    public int Count => paths.Length;

    /// <inheritdoc/>
    public int Channels => 3;

    /// <summary>The file of a picture.</summary>
    /// <param name="index">The picture, from 0.</param>
    public string Path(int index) => paths[index];

    /// <inheritdoc/>
    public int Label(int index) => labels[index];

    /// <inheritdoc/>
    public IPicture Open(int index) => PictureFile.Open(paths[index]);

    /// <inheritdoc/>
    public IPictureSource Select(ReadOnlySpan<int> indices)
    {
        string[] chosen = new string[indices.Length];
        int[] classes = new int[indices.Length];
        for (int i = 0; i < indices.Length; i++)
            (chosen[i], classes[i]) = (paths[indices[i]], labels[indices[i]]);
        return new FolderPictures(chosen, classes);
    }
}
