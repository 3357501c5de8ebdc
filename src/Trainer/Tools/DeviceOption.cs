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
        Description = "Threads that one operation uses on the CPU. The same number gives the same bits.",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    /// <summary>The chosen device; a GPU is made the only one that this process sees.</summary>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="ToolException">There is no such device.</exception>
    public static DeviceChoice Of(ParseResult parsed)
    {
        int threads = parsed.GetValue(Threads);
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

    private static bool ChooseGpu(string device)
    {
        string[] parts = device.Split(':');
        int index = 0;
        if (parts[0] != "cuda" || parts.Length > 2
            || (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index)))
        {
            throw new ToolException($"--device is '{device}'; expected cpu, cuda:0 or another number, or auto.");
        }

        // Numbers count among the devices that the environment shows already.
        string[] shown = (Environment.GetEnvironmentVariable(VisibleDevices) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        string own = shown.Length == 0 ? index.ToString(CultureInfo.InvariantCulture)
            : index < shown.Length ? shown[index]
            : throw new ToolException($"--device is {device}; {VisibleDevices} shows {shown.Length}.");
        NativeProcess.SetEnvironment(VisibleDevices, own);
        return cuda.is_available() ? true : throw new ToolException($"--device is {device}; torch finds no such GPU. Use --device cpu.");
    }
}
