using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Granary.Trainer.Agent;

/// <summary>
/// Binds what a thread starts to a set of cores. A child process inherits the mask of the thread that forks it, so all of its threads
/// have it from their first instruction; setting it from outside later would reach the main thread only.
/// </summary>
internal static unsafe partial class CoreAffinity
{
    private const int Words = 128;

    /// <summary>Runs something on the given cores, then gives the thread its own cores back.</summary>
    /// <param name="cores">Cores from 0 to 8,191; empty: wherever this thread may run.</param>
    /// <param name="body">What to run; it must stay on this thread.</param>
    /// <exception cref="Win32Exception">None of the cores may be used by this process.</exception>
    public static T Run<T>(IReadOnlyList<int> cores, Func<T> body)
    {
        if (cores.Count == 0) return body();
        var before = stackalloc ulong[Words];
        var wanted = stackalloc ulong[Words];
        new Span<ulong>(wanted, Words).Clear();
        foreach (var core in cores) wanted[core / 64] |= 1UL << (core % 64);
        Check(GetAffinity(0, Words * sizeof(ulong), before));
        Check(SetAffinity(0, Words * sizeof(ulong), wanted));
        try
        {
            return body();
        }
        finally
        {
            Check(SetAffinity(0, Words * sizeof(ulong), before));
        }
    }

    private static void Check(int result)
    {
        if (result < 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity", SetLastError = true)]
    private static partial int GetAffinity(int thread, nuint bytes, ulong* mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nuint bytes, ulong* mask);
}
