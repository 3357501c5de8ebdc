using System.Diagnostics;
using System.Globalization;

namespace Granary.Trainer.Tests.Tools;

/// <summary>The ranks of a <c>train</c> besides the first, which are its child processes.</summary>
internal static class RankProcesses
{
    /// <summary>Their ids in the order in which they were started; those that have ended are not among them.</summary>
    public static int[] Of(Process train) =>
    [
        .. Directory.GetDirectories($"/proc/{train.Id}/task")
            .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture))
            .Order(),
    ];

    public static async Task SignalAsync(string signal, int process)
    {
        using var kill = Process.Start("bash", ["-c", $"kill -{signal} {process}"]);
        await kill.WaitForExitAsync();
    }
}
