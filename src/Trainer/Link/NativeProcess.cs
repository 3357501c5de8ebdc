using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Granary.Trainer.Link;

/// <summary>The few system calls on processes that .NET does not offer.</summary>
internal static partial class NativeProcess
{
    private const int SigTerm = 15;
    private const int NoSuchProcess = 3;

    /// <summary>Asks a process to end: SIGTERM. A process that is gone already is no error.</summary>
    /// <param name="process">Its id.</param>
    /// <exception cref="Win32Exception">This process may not signal that one.</exception>
    public static void Terminate(int process)
    {
        if (Kill(process, SigTerm) == 0) return;
        var error = Marshal.GetLastPInvokeError();
        if (error != NoSuchProcess) throw new Win32Exception(error);
    }

    /// <summary>Ends this process at once: no handlers, no waiting for native threads.</summary>
    /// <param name="code">Its exit code.</param>
    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void ExitNow(int code);

    /// <summary>Sets a variable where native libraries read it; .NET's own setter changes a copy.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="value">Its value.</param>
    public static void SetEnvironment(string name, string value)
    {
        if (SetVariable(name, value, 1) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "setenv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
