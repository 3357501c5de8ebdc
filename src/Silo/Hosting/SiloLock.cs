using System.Globalization;

namespace Granary.Silo.Hosting;

/// <summary>Holds the state folder for one silo. The kernel lets go of it with the process, however that ends.</summary>
internal sealed class SiloLock : IDisposable
{
    private readonly FileStream _file;

    private SiloLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="SiloStartException">Another silo holds it, or the file cannot be written.</exception>
    public static SiloLock Take(StateDirectory state)
    {
        FileStream file;
        try
        {
            file = new FileStream(state.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (File.Exists(state.LockFile))
        {
            throw new SiloStartException(
                $"Another silo{Holder(state.LockFile)} works on {state.Root} and holds {state.LockFile}. " +
                "Use that one, stop it, or give this one another folder with --state.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SiloStartException($"{state.LockFile} cannot be written: {error.Message} Choose a folder of your own with --state.", error);
        }

        file.SetLength(0);
        file.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n")));
        file.Flush();
        return new SiloLock(file);
    }

    public void Dispose() => _file.Dispose();

    // The lock is advisory: reading past it only tells who holds it.
    private static string Holder(string path)
    {
        try
        {
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            return int.TryParse(reader.ReadLine(), NumberStyles.None, CultureInfo.InvariantCulture, out int process) ? $" (process {process})" : "";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
