using System.CommandLine;
using Granary.Specs;
using Granary.Trainer.Models.Summary;
using Granary.Trainer.Tools.Networks;
using Spectre.Console;

namespace Granary.Trainer.Tools;

/// <summary><c>granary models</c>: the networks there are; <c>granary models NAME</c>: one of them, layer by layer.</summary>
internal static class ModelsCommand
{
    private const int MostPictures = 65_536;
    private const int MostClasses = 100_000;

    private static readonly Argument<string?> Name = new("name")
    {
        Description = "A network, to look at its layers; without it all networks are listed.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Input = new("--input")
    {
        Description = "Channels, height and width of a picture, such as 1x96x96; the network's reference input unless given.",
    };

    private static readonly Option<string?> Width = new("--width") { Description = "As model.width of a sweep file, such as 1/4." };

    private static readonly Option<int?> Classes = new("--classes") { Description = "Outputs; the network's reference unless given." };

    private static readonly Option<string?> Freeze = new("--freeze") { Description = "As model.freeze of a sweep file, such as body." };

    private static readonly Option<int?> Batch = new("--batch") { Description = "Pictures of a batch, for shapes and memory; 1 unless given." };

    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON." };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("models", "List the networks that a sweep file may name, or look at one's layers.")
        {
            Name, Input, Width, Classes, Freeze, Batch, Json,
        };
        command.SetAction(parsed =>
        {
            bool json = parsed.GetValue(Json);
            if (parsed.GetValue(Name) is { } name)
                Show(Read(name, parsed), json);
            else if (Unneeded(parsed) is { } option)
                throw new ToolException($"{option} is about one network; expected its name: granary models NAME {option} ...");
            else if (json)
                Console.Out.WriteLine(CatalogReport.Json());
            else
                Print(CatalogReport.Table());
            return ToolExit.Done;
        });
        return command;
    }

    private static string? Unneeded(ParseResult parsed) =>
        new Option[] { Input, Width, Classes, Freeze, Batch }.FirstOrDefault(option => parsed.GetResult(option) is not null)?.Name;

    private static SummaryRequest Read(string name, ParseResult parsed)
    {
        ModelEntry entry = Find(name);
        string width = parsed.GetValue(Width) ?? "1";
        return new SummaryRequest(
            entry,
            SummaryRequest.ReadInput(entry, parsed.GetValue(Input)),
            Within(Classes, parsed.GetValue(Classes) ?? entry.Classes, MostClasses),
            ModelWidth.Parse(width) ?? throw new ToolException($"--width is '{width}'; expected {ModelWidth.Expected}."),
            parsed.GetValue(Freeze) ?? "none",
            Within(Batch, parsed.GetValue(Batch) ?? 1, MostPictures));
    }

    /// <summary>A network of the catalogue.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ToolException">There is none; the message suggests the nearest.</exception>
    public static ModelEntry Find(string name)
    {
        if (ModelCatalog.Find(name) is { } entry)
            return entry;
        string hint = NearestName.Find(name, ModelCatalog.All.Select(known => known.Name)) is { } nearest ? $"; did you mean '{nearest}'?" : ".";
        throw new ToolException($"there is no network '{name}'{hint} 'granary models' lists all.");
    }

    private static int Within(Option option, int value, int most) => value >= 1 && value <= most
        ? value
        : throw new ToolException($"{option.Name} is {value}; expected a whole number from 1 to {most}.");

    private static void Show(SummaryRequest request, bool json)
    {
        NetworkSummary summary;
        try
        {
            summary = request.Summarise();
        }
        catch (ArgumentException refused)
        {
            throw new ToolException(refused.Message);
        }

        if (json)
        {
            Console.Out.WriteLine(SummaryReport.Json(request, summary));
            return;
        }

        Print(SummaryReport.Table(summary));
        foreach (string line in SummaryReport.Totals(request, summary.Total))
            Console.Out.WriteLine(line);
    }

    private static void Print(Table table)
    {
        // Into a file or a pipe, a table is as wide as it needs to be.
        if (Console.IsOutputRedirected)
            AnsiConsole.Console.Profile.Width = 240;
        AnsiConsole.Console.Write(table);
    }
}
