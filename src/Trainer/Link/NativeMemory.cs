using System.Runtime.InteropServices;

namespace Granary.Trainer.Link;

/// <summary>How the C library keeps the memory of tensors.</summary>
internal static partial class NativeMemory
{
    // Of glibc's malloc.h.
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;
    private const int MostArenas = -8;

    // The most that glibc takes: larger blocks are mapped and unmapped each time.
    private const int LargestKept = 32 << 20;

    /// <summary>
    /// Keeps freed memory for the next step. As it comes, glibc gives large blocks back to the system when they are freed, and a step frees
    /// all its activations: each of their pages is then cleared and mapped anew in the next one. Call it before the threads that train start:
    /// one that runs already keeps the arena that it has.
    /// </summary>
    public static void Keep()
    {
        try
        {
            // An arena of a thread is made of pieces of 64 MiB, which are unmapped when they are empty, whatever the threshold.
            _ = Set(MostArenas, 1);
            _ = Set(MapThreshold, LargestKept);
            _ = Set(TrimThreshold, int.MaxValue);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, with its own ways.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int Set(int parameter, int value);
}
