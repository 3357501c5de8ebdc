using System.Globalization;

namespace Granary.Trainer.Agent;

/// <summary>Which devices a node offers, from what it has and what <c>--devices</c> asks for.</summary>
internal static class DevicePlan
{
    private const int DefaultCpuSlots = 8;
    private const int MaxCpuSlots = 1024;

    /// <summary>Cuts the node into devices.</summary>
    /// <param name="request"><c>auto</c>, <c>cpu:N</c>, <c>cuda:all</c>, or <c>cuda:</c> and indices such as <c>cuda:0,1</c>.</param>
    /// <param name="hardware">What the node has.</param>
    /// <exception cref="FormatException">The request is none of these, or asks for what the node does not have.</exception>
    public static IReadOnlyList<DeviceSlot> Make(string request, NodeHardware hardware) => request.Split(':') switch
    {
        ["auto"] when hardware.Gpus.Count > 0 => Gpus(hardware.Gpus, hardware),
        ["auto"] => Cpus(Math.Min(DefaultCpuSlots, hardware.PhysicalCores.Count), hardware),
        ["cpu", var count] when Count(count) is { } slots => Cpus(slots, hardware),
        ["cuda", "all"] when hardware.Gpus.Count > 0 => Gpus(hardware.Gpus, hardware),
        ["cuda", "all"] => throw new FormatException("--devices cuda:all: no CUDA device was found; nvidia-smi lists none."),
        ["cuda", var indices] => Gpus([.. indices.Split(',').Select(index => Gpu(index, request, hardware))], hardware),
        _ => throw new FormatException($"--devices {request}: expected auto, cpu:N with N from 1 to {MaxCpuSlots}, cuda:all, or cuda:0,1."),
    };

    private static int? Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= MaxCpuSlots
            ? count
            : null;

    private static GpuDevice Gpu(string index, string request, NodeHardware hardware) =>
        hardware.Gpus.FirstOrDefault(gpu => gpu.Index.ToString(CultureInfo.InvariantCulture) == index)
        ?? throw new FormatException($"--devices {request}: there is no CUDA device {index}; {Present(hardware.Gpus)}.");

    private static string Present(IReadOnlyList<GpuDevice> gpus) =>
        gpus.Count == 0 ? "nvidia-smi lists none" : $"this node has {string.Join(", ", gpus.Select(gpu => gpu.Index))}";

    private static List<DeviceSlot> Gpus(IReadOnlyList<GpuDevice> gpus, NodeHardware hardware)
    {
        // The worker of a GPU mostly feeds it: the cores are shared, and each takes its part of the threads.
        var threads = Math.Max(1, hardware.PhysicalCores.Count / gpus.Count);
        return
        [
            .. from gpu in gpus.DistinctBy(gpu => gpu.Index)
               select new DeviceSlot($"cuda:{gpu.Index}", gpu.Name, gpu.MemoryBytes, gpu.Index, [], threads),
        ];
    }

    private static List<DeviceSlot> Cpus(int slots, NodeHardware hardware) =>
        [.. Enumerable.Range(0, slots).Select(slot => Cpu(slot, slots, hardware))];

    // Contiguous physical cores share caches and memory. More slots than cores share cores: slower, but every rank has a device.
    private static DeviceSlot Cpu(int slot, int slots, NodeHardware hardware)
    {
        var all = hardware.PhysicalCores;
        var mine = slots > all.Count
            ? [all[slot % all.Count]]
            : all.Skip(slot * all.Count / slots).Take((slot + 1) * all.Count / slots - slot * all.Count / slots).ToList();
        var name = $"{mine.Count} {(mine.Count == 1 ? "core" : "cores")} of {hardware.CpuName}";
        var threads = mine.SelectMany(core => core).Order();
        return new DeviceSlot($"cpu:{slot}", name, hardware.MemoryBytes / slots, null, [.. threads], mine.Count);
    }
}
