using System.CommandLine;
using System.Globalization;
using Granary.Trainer.Link;
using Granary.Trainer.Runs;
using static TorchSharp.torch;

namespace Granary.Trainer.Tools;

/// <summary>What a tool computes on: <c>--device</c> and <c>--threads</c>.</summary>
internal static class DeviceOption
{
    private const string VisibleDevices = "CUDA_VISIBLE_DEVICES";

    /// <summary>The device.</summary>
    public static Option<string> Device { get; } = new("--device")
    {
        Description = "cpu, or cuda:0 and so on; auto is the first GPU where there is one.",
        DefaultValueFactory = _ => "auto",
    };

    /// <summary>Threads on the CPU.</summary>
    public static Option<int> Threads { get; } = new("--threads")
    {
        Description = "Threads that one operation uses on the CPU, a rank's share of them unless given. The same number gives the same bits.",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    /// <summary>The chosen device; a GPU is made the only one that this process sees.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="ranks">Ranks that share this machine.</param>
    /// <exception cref="ToolException">There is no such device.</exception>
    public static DeviceChoice Of(ParseResult parsed, int ranks = 1)
    {
        int threads = parsed.GetResult(Threads) is { Implicit: false } ? parsed.GetValue(Threads) : Math.Max(1, Environment.ProcessorCount / ranks);
        if (threads is < 1 or > 1_024)
            throw new ToolException($"--threads is {threads}; expected 1 to 1024.");
        string device = parsed.GetValue(Device)!;
        return device switch
        {
            "cpu" => new DeviceChoice(Cuda: false, threads),
            "auto" => new DeviceChoice(cuda.is_available(), threads),
            _ => new DeviceChoice(ChooseGpu(device), threads),
        };
    }

    /// <summary>What CUDA_VISIBLE_DEVICES of each rank is: GPUs go round, unless one is chosen; null: as it is.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="device">What the ranks compute on.</param>
    /// <param name="ranks">Ranks.</param>
    public static IReadOnlyList<string?> Gpus(ParseResult parsed, DeviceChoice device, int ranks)
    {
        string chosen = parsed.GetValue(Device)!;
        string?[] gpus = [null];
        if (device.Cuda)
            gpus = chosen == "auto" ? Shown() : [GpuOf(chosen)];
        return [.. Enumerable.Range(0, ranks).Select(rank => gpus[rank % gpus.Length])];
    }

    private static string[] Shown()
    {
        string[] named = Named();
        return named.Length > 0 ? named
            : [.. Enumerable.Range(0, cuda.device_count()).Select(index => index.ToString(CultureInfo.InvariantCulture))];
    }

    private static string[] Named() =>
        (Environment.GetEnvironmentVariable(VisibleDevices) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static bool ChooseGpu(string device)
    {
        NativeProcess.SetEnvironment(VisibleDevices, GpuOf(device));
        return cuda.is_available() ? true : throw new ToolException($"--device is {device}; torch finds no such GPU. Use --device cpu.");
    }

    private static string GpuOf(string device)
    {
        string[] parts = device.Split(':');
        int index = 0;
        if (parts[0] != "cuda" || parts.Length > 2
            || (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index)))
        {
            throw new ToolException($"--device is '{device}'; expected cpu, cuda:0 or another number, or auto.");
        }

        // Numbers count among the devices that the environment shows already.
        string[] named = Named();
        return named.Length == 0 ? index.ToString(CultureInfo.InvariantCulture)
            : index < named.Length ? named[index]
            : throw new ToolException($"--device is {device}; {VisibleDevices} shows {named.Length}.");
    }
}
