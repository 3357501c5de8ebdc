using System.Runtime.InteropServices;

namespace Granary.Silo.Artifacts;

/// <summary>Puts a folder's entries on the disk: a renamed file may otherwise be gone after a loss of power.</summary>
internal static partial class DirectorySync
{
    private const int ReadOnly = 0;

    /// <summary>Waits for the disk. Systems without such a call (Windows) keep entries on their own.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        int descriptor = Open(folder, ReadOnly);
        if (descriptor < 0) throw new IOException($"{folder} cannot be opened: error {Marshal.GetLastPInvokeError()}.");
        try
        {
            if (Sync(descriptor) != 0) throw new IOException($"{folder} cannot be put on the disk: error {Marshal.GetLastPInvokeError()}.");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
