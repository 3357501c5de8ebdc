namespace Granary.Trainer.Checkpoints;

/// <summary>Writes files that are there whole or not at all: under a temporary name, flushed to disk, then renamed.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="overwrite">Whether a file of that name is replaced.</param>
    /// <exception cref="IOException">It cannot be written, or is there and not to be replaced; nothing is left behind.</exception>
    public static void Write(string path, Action<Stream> write, bool overwrite)
    {
        string temporary = path + ".part";
        try
        {
            using (FileStream file = File.Create(temporary))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
