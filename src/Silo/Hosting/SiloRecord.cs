using System.Text.Json;
using System.Text.Json.Serialization;

namespace Granary.Silo.Hosting;

/// <summary>Where a serving silo is found: the content of <c>run/silo.json</c>.</summary>
/// <param name="Pid">Its process.</param>
/// <param name="Grpc">host:port of its gRPC services.</param>
/// <param name="Http">host:port of its <c>/metrics</c>, <c>/healthz</c> and <c>/readyz</c>.</param>
/// <param name="Gateway">host:port for grain clients.</param>
/// <param name="ClusterId">What grain clients must name.</param>
/// <param name="Started">When it began to serve.</param>
internal sealed partial record SiloRecord(int Pid, string Grpc, string Http, string Gateway, string ClusterId, DateTimeOffset Started)
{
    /// <summary>Puts the record in place as a whole: a reader sees the old file or the new one.</summary>
    public async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        string draft = path + ".new";
        await File.WriteAllTextAsync(draft, JsonSerializer.Serialize(this, Context.Default.SiloRecord) + "\n", cancellationToken);
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Reads a record; null where there is none or it is not whole.</summary>
    public static SiloRecord? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), Context.Default.SiloRecord);
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            return null;
        }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower, WriteIndented = true)]
    [JsonSerializable(typeof(SiloRecord))]
    private sealed partial class Context : JsonSerializerContext;
}
