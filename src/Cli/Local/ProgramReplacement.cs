using System.Runtime.InteropServices;

namespace Granary.Cli.Local;

/// <summary>Turns this process into another program: terminal, signals and exit status are then that program's own.</summary>
internal static class ProgramReplacement
{
    /// <summary>Runs the program in this process's place; returns only by throwing.</summary>
    /// <param name="program">Its executable.</param>
    /// <param name="arguments">What follows its name.</param>
    /// <exception cref="CliException">The system refused.</exception>
    public static void Become(string program, IEnumerable<string> arguments)
    {
        _ = Execute(program, [program, .. arguments, null]);
        throw new CliException($"{program} does not start: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
    }

    [DllImport("libc", EntryPoint = "execv", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Execute(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPStr)] string?[] arguments);
}
