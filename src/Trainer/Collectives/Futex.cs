using System.Runtime.InteropServices;

namespace Granary.Trainer.Collectives;

/// <summary>Linux's futex(2) on memory that processes share.</summary>
internal static unsafe partial class Futex
{
    private const int WaitOperation = 0;
    private const int WakeOperation = 1;

    // The C library has no wrapper: the call goes by its number.
    private static readonly nint Number = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 202,
        Architecture.Arm64 or Architecture.RiscV64 => 98,
        _ => -1,
    };

    /// <summary>Whether this machine has it.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() && Number > 0;

    /// <summary>Sleeps while the word has that value, at most for that long. May return early: look again.</summary>
    /// <param name="word">The word.</param>
    /// <param name="value">What it was.</param>
    /// <param name="longest">The longest sleep, below a second.</param>
    public static void Wait(ref uint word, uint value, TimeSpan longest)
    {
        var time = new TimeSpec(0, longest.Ticks * TimeSpan.NanosecondsPerTick);
        fixed (uint* address = &word) _ = Call(Number, address, WaitOperation, value, &time, 0, 0);
    }

    /// <summary>Wakes whoever sleeps on the word.</summary>
    /// <param name="word">The word.</param>
    public static void Wake(ref uint word)
    {
        fixed (uint* address = &word) _ = Call(Number, address, WakeOperation, int.MaxValue, null, 0, 0);
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Call(nint number, uint* word, int operation, uint value, TimeSpec* time, nint second, nint third);

    private readonly struct TimeSpec(long seconds, long nanoseconds)
    {
        public readonly long Seconds = seconds;
        public readonly long Nanoseconds = nanoseconds;
    }
}
