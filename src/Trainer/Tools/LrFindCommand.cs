using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Granary.Specs;
using Granary.Trainer.Learning;
using Granary.Trainer.Learning.Finding;
using Granary.Trainer.Pictures;
using Granary.Trainer.Runs;
using Granary.Trainer.Tools.Finding;
using SkiaSharp;
using Spectre.Console;

namespace Granary.Trainer.Tools;

/// <summary><c>granary lr-find FILE</c>: the learning-rate finder on a sweep file's run.</summary>
internal static class LrFindCommand
{
    private const int PlotHeight = 14;
    private const int WidthWithoutTerminal = 100;

    private static readonly Option<FileInfo?> Out = new("--out") { Description = "Write the plot as a PNG picture." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON: the suggestions and every step." };
    private static readonly Option<double> From = new("--from")
    {
        Description = "The first learning rate.",
        DefaultValueFactory = _ => new RateRange().From,
    };

    private static readonly Option<double> To = new("--to")
    {
        Description = "The learning rate that the last step comes near.",
        DefaultValueFactory = _ => new RateRange().To,
    };

    private static readonly Option<int> Steps = new("--steps")
    {
        Description = "Steps between the two.",
        DefaultValueFactory = _ => new RateRange().Steps,
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("lr-find", "Find a learning rate for a run of a sweep file.")
        {
            RunFile.File, RunFile.Settings, Out, Json, From, To, Steps, DeviceOption.Device, DeviceOption.Threads,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var interrupt = new InterruptToken(cancellationToken);
        RateRange range = Range(parsed);
        (string name, RunSpec run) = await RunFile.ReadAsync(
            parsed.GetValue(RunFile.File)!, WithoutRate(parsed.GetValue(RunFile.Settings) ?? []), Console.Error, interrupt.Token);
        TrainingRun training = TrainingRun.Create(new TrainingRunRequest
        {
            Run = run,
            Device = DeviceOption.Of(parsed),
            Reduction = SingleProcess.Instance,
            Observer = new NoObserver(),
            CheckpointFolder = "",
            Time = TimeProvider.System,
        });
        RateCurve curve = await training.FindLearningRateAsync(range, interrupt.Token);
        var plot = new RatePlot(curve, $"{name}: {run.Model.Name} on {run.Data.Set}, {run.Train.Optimizer}, batch {run.Data.Batch}");
        if (parsed.GetValue(Out) is { } picture)
        {
            using SKBitmap drawn = plot.Draw();
            Bitmaps.Write(picture.FullName, drawn);
        }

        Print(parsed, curve, plot);
        return curve.Valley is not null ? ToolExit.Done
            : throw new ToolException(
                $"The loss grew beyond use within {curve.Points.Count} steps, too few to suggest a rate: start lower with --from.", ToolExit.Failed);
    }

    private static RateRange Range(ParseResult parsed)
    {
        (double from, double to, int steps) = (parsed.GetValue(From), parsed.GetValue(To), parsed.GetValue(Steps));
        if (!(from > 0) || !(to > from) || !double.IsFinite(to))
            throw new ToolException(string.Create(CultureInfo.InvariantCulture, $"--from is {from} and --to is {to}; expected 0 < from < to."));
        if (steps is < RateRange.FewestSteps or > 10_000)
            throw new ToolException($"--steps is {steps}; expected {RateRange.FewestSteps} to 10000.");
        return new RateRange { From = from, To = to, Steps = steps };
    }

    // The rate is what is looked for, so nobody needs to give one, nor to take it out of the file.
    private static string[] WithoutRate(IReadOnlyList<string> settings) =>
    [
        .. settings.Where(setting => setting.Split('=')[0].Trim() is not ("lr" or "train.lr")), "lr=auto",
    ];

    private static void Print(ParseResult parsed, RateCurve curve, RatePlot plot)
    {
        if (parsed.GetValue(Json))
        {
            Console.Out.WriteLine(ToJson(curve));
            return;
        }

        int width = Console.IsOutputRedirected ? WidthWithoutTerminal : AnsiConsole.Profile.Width;
        foreach (string line in plot.Lines(width, PlotHeight, AnsiConsole.Profile.Capabilities.Unicode))
            Console.Out.WriteLine(line);
    }

    private static string ToJson(RateCurve curve)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteRate(json, "valley", curve.Valley);
            WriteRate(json, "steep", curve.Steep);
            json.WriteBoolean("diverged", curve.Diverged);
            json.WriteStartArray("points");
            foreach (RatePoint point in curve.Points)
            {
                json.WriteStartObject();
                JsonNumbers.Write(json, "rate", point.Rate);
                JsonNumbers.Write(json, "loss", point.Loss);
                JsonNumbers.Write(json, "smoothed", point.Smoothed);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteRate(Utf8JsonWriter json, string name, double? rate) => JsonNumbers.Write(json, name, rate ?? double.NaN);
}
