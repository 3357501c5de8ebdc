using System.Globalization;
using System.Text.Json;
using Granary.Trainer.Models.Summary;
using Spectre.Console;

namespace Granary.Trainer.Tools.Networks;

/// <summary>A network's layers, for people and for programs.</summary>
internal static class SummaryReport
{
    private static readonly string[] BinaryUnits = ["bytes", "KiB", "MiB", "GiB", "TiB"];
    private static readonly string[] DecimalUnits = ["", "K", "M", "G", "T"];

    private static readonly JsonSerializerOptions Options =
        new(JsonSerializerDefaults.Web) { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower };

    /// <summary>A line for each layer.</summary>
    /// <param name="summary">The layers.</param>
    public static Table Table(NetworkSummary summary)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("layer", "kind", "output");
        foreach (string number in (string[])["parameters", "trainable", "macs", "memory", "field"])
            table.AddColumn(new TableColumn(number).RightAligned());
        foreach (LayerSummary layer in summary.Layers)
        {
            string[] cells =
            [
                layer.Name,
                layer.Kind,
                string.Join('x', layer.Output),
                Number(layer.Parameters),
                layer.Trainable == layer.Parameters ? layer.Parameters == 0 ? "" : "all" : layer.Trainable == 0 ? "frozen" : Number(layer.Trainable),
                Number(layer.Macs),
                Bytes(layer.Bytes),
                Number(layer.ReceptiveField),
            ];
            table.AddRow([.. cells.Select(cell => new Text(cell))]);
        }

        return table;
    }

    /// <summary>What stands below the table.</summary>
    /// <param name="request">The network.</param>
    /// <param name="total">All its layers together.</param>
    public static IEnumerable<string> Totals(SummaryRequest request, SummaryTotal total)
    {
        yield return $"{request.Model.Name}, input {request.Input.Channels}x{request.Input.Size}x{request.Input.Size}, {request.Classes} outputs";
        yield return $"parameters            {Number(total.Parameters)}, {total.Trainable.ToString("#,0", CultureInfo.InvariantCulture)} trainable, {Bytes(total.ParameterBytes)}";
        yield return $"multiply-accumulates  {Number(total.Macs)} a picture ({Scaled(total.Macs, 1_000, DecimalUnits)})";
        yield return $"activations           {Bytes(total.Bytes)} for a batch of {request.Batch}";
    }

    /// <summary>The layers and totals as a JSON object.</summary>
    /// <param name="request">The network.</param>
    /// <param name="summary">Its layers.</param>
    public static string Json(SummaryRequest request, NetworkSummary summary) => JsonSerializer.Serialize(
        new
        {
            request.Model.Name,
            Input = new[] { request.Batch, request.Input.Channels, request.Input.Size, request.Input.Size },
            request.Classes,
            request.Width,
            request.Freeze,
            summary.Layers,
            summary.Total,
        },
        Options);

    private static string Number(long value) => value == 0 ? "" : value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Bytes(long bytes) => Scaled(bytes, 1_024, BinaryUnits);

    private static string Scaled(double value, int step, string[] units)
    {
        int unit = 0;
        for (; value >= step && unit < units.Length - 1; unit++)
            value /= step;
        return $"{value.ToString(unit == 0 ? "0" : "0.00", CultureInfo.InvariantCulture)} {units[unit]}".TrimEnd();
    }
}
