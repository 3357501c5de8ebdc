using System.CommandLine;
using Granary.Specs;
using Granary.Trainer.Runs;
using Granary.Trainer.Tools.Training;
using Spectre.Console;

namespace Granary.Trainer.Tools;

/// <summary><c>granary train FILE</c>: one run on this machine, without a sweep and without a silo.</summary>
internal static class TrainCommand
{
    private static readonly Option<bool> Resume = new("--resume") { Description = "Go on from the newest checkpoint in the run's folder." };
    private static readonly Option<DirectoryInfo?> Out = new("--out") { Description = "Folder of checkpoints and history; runs/NAME unless given." };
    private static readonly Option<bool> Quiet = new("--quiet") { Description = "Print the end only." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print a JSON object per epoch, and a last one with the outcome." };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("train", "Train one run of a sweep file on this machine, and watch it.")
        {
            RunFile.File, RunFile.Settings, Resume, Out, DeviceOption.Device, DeviceOption.Threads, Quiet, Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        FileInfo file = parsed.GetValue(RunFile.File)!;
        string[] settings = parsed.GetValue(RunFile.Settings) ?? [];
        (string name, RunSpec run) = await RunFile.ReadAsync(file, settings, Console.Error, cancellationToken);
        DeviceChoice device = DeviceOption.Of(parsed);
        bool resume = parsed.GetValue(Resume);
        string path = parsed.GetValue(Out)?.ToString() ?? Path.Combine("runs", name);
        ITrainDisplay display = Display(parsed, run);
        using RunFolder folder = RunFolder.Open(path, resume);
        display.Say(Describe(run, device, path));
        if (run.Resources.MinDevices > 1)
            display.Say($"resources.devices is {run.Resources.MinDevices}: train uses one device; granary sweep run uses them all.");
        return await new TrainSession(run, device, folder, display, TimeProvider.System).RunAsync(resume, GoOn(parsed), cancellationToken);
    }

    private static ITrainDisplay Display(ParseResult parsed, RunSpec run)
    {
        if (parsed.GetValue(Json))
            return new JsonTrainDisplay(Console.Out, Console.Error);
        if (parsed.GetValue(Quiet))
            return new QuietTrainDisplay(Console.Out, Console.Error);
        return AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
            ? new LiveTrainDisplay(AnsiConsole.Console, run.Train.Epochs, TimeProvider.System)
            : new PlainTrainDisplay(Console.Out, run.Train.Epochs);
    }

    private static string Describe(RunSpec run, DeviceChoice device, string path)
    {
        string on = device.Cuda ? "a GPU" : device.Threads == 1 ? "the CPU, 1 thread" : $"the CPU, {device.Threads} threads";
        string rate = run.Train.LearningRate is { } lr ? FormattableString.Invariant($"{lr:g4}") : "auto";
        return $"{run.Model.Name} on {run.Data.Set}, batch {run.Data.Batch}, {run.Train.Optimizer}, learning rate {rate}, on {on}; files in {path}";
    }

    // The same command, so that the same settings hold.
    private static string GoOn(ParseResult parsed)
    {
        IEnumerable<string> words = parsed.Tokens.Select(token => token.Value);
        string[] all = [.. words, .. parsed.GetValue(Resume) ? Array.Empty<string>() : ["--resume"]];
        return "granary " + string.Join(' ', all.Select(word => word.Contains(' ', StringComparison.Ordinal) ? $"'{word}'" : word));
    }
}
