using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Granary.Trainer.Tests;

/// <summary>Signals to processes of a test.</summary>
internal static class Signals
{
    // Linux's number.
    private const int SigStop = 19;

    /// <summary>Freezes a process: it lives, its sockets stay open, and nothing in it runs.</summary>
    public static void Stop(Process process) => Assert.Equal(0, Kill(process.Id, SigStop));

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
