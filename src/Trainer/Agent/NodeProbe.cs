using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Granary.Trainer.Agent;

/// <summary>Finds out what this node has, from the kernel's files and from nvidia-smi; loads no torch.</summary>
internal static class NodeProbe
{
    private static readonly TimeSpan SmiDeadline = TimeSpan.FromSeconds(20);

    /// <summary>Reads the node's hardware.</summary>
    /// <param name="cancellationToken">Ends the probe.</param>
    public static async Task<NodeHardware> ReadAsync(CancellationToken cancellationToken) => new(
        await GpusAsync(cancellationToken), PhysicalCores(), CpuName(), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>Reads what <c>nvidia-smi --query-gpu=index,name,memory.total --format=csv,noheader,nounits</c> prints.</summary>
    /// <param name="output">One line per device: index, name, MiB.</param>
    public static IReadOnlyList<GpuDevice> ParseSmi(string output) =>
    [
        .. from line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
           let fields = line.Split(',', StringSplitOptions.TrimEntries)
           where fields.Length == 3 && int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out _)
           let memory = long.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var mebibytes) ? mebibytes << 20 : 0
           select new GpuDevice(int.Parse(fields[0], CultureInfo.InvariantCulture), fields[1], memory),
    ];

    private static async Task<IReadOnlyList<GpuDevice>> GpusAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("nvidia-smi", ["--query-gpu=index,name,memory.total", "--format=csv,noheader,nounits"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var smi = Process.Start(start)!;
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(SmiDeadline);
            try
            {
                var output = await smi.StandardOutput.ReadToEndAsync(deadline.Token);
                await smi.WaitForExitAsync(deadline.Token);
                return smi.ExitCode == 0 ? ParseSmi(output) : [];
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                smi.Kill();
                return [];
            }
        }
        catch (Win32Exception)
        {
            return GpusOfDriver();
        }
    }

    // Containers may have the driver without its tool.
    private static IReadOnlyList<GpuDevice> GpusOfDriver()
    {
        const string Folder = "/proc/driver/nvidia/gpus";
        if (!Directory.Exists(Folder)) return [];
        var devices = Directory.GetDirectories(Folder).Order(StringComparer.Ordinal);
        var names = devices.Select(device => Field(Path.Combine(device, "information"), "Model") ?? "NVIDIA GPU");
        return [.. names.Select((name, index) => new GpuDevice(index, name, 0))];
    }

    private static IReadOnlyList<IReadOnlyList<int>> PhysicalCores()
    {
        var allowed = Field("/proc/self/status", "Cpus_allowed_list") is { } list
            ? CoreList.Parse(list)
            : [.. Enumerable.Range(0, Environment.ProcessorCount)];
        return [.. allowed.GroupBy(Siblings).OrderBy(group => group.First()).Select(group => (IReadOnlyList<int>)[.. group])];
    }

    private static string Siblings(int core)
    {
        var file = $"/sys/devices/system/cpu/cpu{core}/topology/thread_siblings_list";
        return File.Exists(file) ? File.ReadAllText(file).Trim() : $"{core}";
    }

    private static string CpuName() => Field("/proc/cpuinfo", "model name") ?? "CPU";

    private static string? Field(string file, string name)
    {
        if (!File.Exists(file)) return null;
        var line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
