using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Granary.Trainer.Tests;

/// <summary>Signals to processes of a test.</summary>
internal static class Signals
{
    // Linux's numbers.
    private const int SigContinue = 18;
    private const int SigStop = 19;

    /// <summary>Freezes a process: it lives, its sockets stay open, and nothing in it runs.</summary>
    public static void Stop(Process process) => Assert.Equal(0, Kill(process.Id, SigStop));

    /// <summary>Lets a frozen process go on.</summary>
    public static void Continue(Process process) => Assert.Equal(0, Kill(process.Id, SigContinue));

    /// <summary>Whether every thread of a process sleeps.</summary>
    public static bool Sleeps(Process process) => Directory.EnumerateDirectories($"/proc/{process.Id}/task").All(Sleeps);

    // "1234 (name) S ...", see proc_pid_stat(5).
    private static bool Sleeps(string thread)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(thread, "stat"));
            return stat[stat.LastIndexOf(')') + 2] == 'S';
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return true;
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
