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

    private static readonly Option<int?> Ranks = new("--ranks")
    {
        Description = "Processes that train the run together, 1 to 64; resources.devices of the file unless given.",
    };

    private static readonly Option<FileInfo?> Timeline = new("--timeline")
    {
        Description = "Write what each rank did when as a Chrome trace.",
    };

    /// <summary>The hidden command of ranks other than the first.</summary>
    public const string RankName = "train-rank";

    /// <summary>A rank other than the first; the first one starts it.</summary>
    public static Command CreateRank()
    {
        var rank = new Command(RankName, "One rank of a run; started by granary train.") { Hidden = true };
        rank.SetAction((_, cancellationToken) => RankSession.RunAsync(Console.In, Console.Out, cancellationToken));
        return rank;
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("train", "Train one run of a sweep file on this machine, and watch it.")
        {
            RunFile.File, RunFile.Settings, Resume, Out, Ranks, DeviceOption.Device, DeviceOption.Threads, Timeline, Quiet, Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        FileInfo file = parsed.GetValue(RunFile.File)!;
        string[] settings = parsed.GetValue(RunFile.Settings) ?? [];
        (string name, RunSpec run) = await RunFile.ReadAsync(file, settings, Console.Error, cancellationToken);
        int ranks = CountRanks(parsed, run);
        DeviceChoice device = DeviceOption.Of(parsed, ranks);
        bool resume = parsed.GetValue(Resume);
        string path = parsed.GetValue(Out)?.ToString() ?? Path.Combine("runs", name);
        ITrainDisplay display = Display(parsed, run);
        using RunFolder folder = RunFolder.Open(path, resume);
        display.Say(Describe(run, device, path) + (ranks == 1 ? "" : FormattableString.Invariant($"; {ranks} ranks")));
        var plan = new TrainPlan(run, device, folder)
        {
            Gpus = DeviceOption.Gpus(parsed, device, ranks),
            Resume = resume,
            GoOn = GoOn(parsed),
            Timeline = parsed.GetValue(Timeline)?.ToString(),
        };
        return await new TrainSession(plan, display, TimeProvider.System).RunAsync(cancellationToken);
    }

    private static int CountRanks(ParseResult parsed, RunSpec run)
    {
        int ranks = parsed.GetValue(Ranks) ?? run.Resources.MinDevices;
        string given = parsed.GetValue(Ranks) is null ? "resources.devices" : "--ranks";
        if (ranks is < 1 or > 64)
            throw new ToolException($"{given} is {ranks}; expected 1 to 64 on one machine.");
        return ranks <= run.Data.Batch ? ranks
            : throw new ToolException(
                $"a batch of {run.Data.Batch} cannot be split over {ranks} ranks; expected data.batch of at least {given}.");
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
