using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Granary.Specs;
using Spectre.Console;

namespace Granary.Cli.Commands;

/// <summary><c>granary models</c>.</summary>
internal static class ModelsCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower };

    public static Command Create(CommandContext context)
    {
        Option<bool> json = new("--json") { Description = "Print JSON." };
        Command command = new("models", "List the networks that a sweep file may name.") { json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json))
            {
                context.Out.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(ModelCatalog.All, Json));
                return ExitCodes.Done;
            }

            Table table = new Table().Border(TableBorder.Simple).AddColumns("model", "family", "input");
            table.AddColumn(new TableColumn("parameters").RightAligned()).AddColumn("what it is");
            foreach (ModelEntry model in ModelCatalog.All)
            {
                string[] cells =
                [
                    model.Name, model.Family, $"{model.Channels}x{model.Size}x{model.Size}", model.Parameters.ToString("#,0", CultureInfo.InvariantCulture), model.Summary,
                ];
                table.AddRow([.. cells.Select(cell => new Text(cell))]);
            }

            context.Out.Write(table);
            return ExitCodes.Done;
        });
        return command;
    }
}
