using System.Globalization;

namespace Granary.Silo.Hosting;

/// <summary>Holds the state folder for one silo. The kernel lets go of it with the process, however that ends.</summary>
internal sealed class SiloLock : IDisposable
{
    private readonly FileStream _file;
    private readonly string _holderFile;

    private SiloLock(FileStream file, string holderFile)
    {
        _file = file;
        _holderFile = holderFile;
    }

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
                $"Another silo{Holder(state.HolderFile)} works on {state.Root} and holds {state.LockFile}. " +
                "Use that one, stop it, or give this one another folder with --state.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SiloStartException(
                $"{state.LockFile} cannot be written: {error.Message} Choose a folder of your own with --state.", error);
        }

        File.WriteAllText(state.HolderFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new SiloLock(file, state.HolderFile);
    }

    public void Dispose()
    {
        File.Delete(_holderFile);
        _file.Dispose();
    }

    private static string Holder(string path)
    {
        try
        {
            string text = File.ReadAllText(path);
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int process) ? $" (process {process})" : "";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
