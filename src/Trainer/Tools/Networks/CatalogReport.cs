using System.Globalization;
using System.Text.Json;
using Granary.Specs;
using Spectre.Console;

namespace Granary.Trainer.Tools.Networks;

/// <summary>The networks there are, for people and for programs.</summary>
internal static class CatalogReport
{
    private static readonly JsonSerializerOptions Options =
        new(JsonSerializerDefaults.Web) { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower };

    /// <summary>A line for each network.</summary>
    public static Table Table()
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("model", "family", "input");
        table.AddColumn(new TableColumn("classes").RightAligned()).AddColumn(new TableColumn("parameters").RightAligned()).AddColumn("what it is");
        foreach (ModelEntry model in ModelCatalog.All)
        {
            string[] cells =
            [
                model.Name,
                model.Family,
                $"{model.Channels}x{model.Size}x{model.Size}",
                model.Classes.ToString("#,0", CultureInfo.InvariantCulture),
                model.Parameters.ToString("#,0", CultureInfo.InvariantCulture),
                model.Summary,
            ];
            table.AddRow([.. cells.Select(cell => new Text(cell))]);
        }

        return table;
    }

    /// <summary>The catalogue as a JSON array.</summary>
    public static string Json() => JsonSerializer.Serialize(ModelCatalog.All, Options);
}
