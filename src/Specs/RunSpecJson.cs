using System.Text.Json;
using System.Text.Json.Serialization;

namespace Granary.Specs;

/// <summary>The JSON form of a <see cref="RunSpec"/>: stable across processes and versions, unknown members refused.</summary>
public static partial class RunSpecJson
{
    /// <summary>Writes a run as one line of JSON.</summary>
    /// <param name="run">The run.</param>
    public static string Write(RunSpec run) => JsonSerializer.Serialize(run, Context.Default.RunSpec);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="JsonException">The text is not a run: the message says where and what was expected.</exception>
    public static RunSpec Read(string json) =>
        JsonSerializer.Deserialize(json, Context.Default.RunSpec) ?? throw new JsonException("A run is a JSON object; this is null.");

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(RunSpec))]
    private sealed partial class Context : JsonSerializerContext;
}
