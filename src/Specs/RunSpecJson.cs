using System.Text.Json;
using System.Text.Json.Serialization;

namespace Granary.Specs;

/// <summary>
/// The JSON form of a <see cref="RunSpec"/>: stable across processes and versions. Members that a text lacks, since an earlier version wrote
/// it, have their defaults; unknown ones are refused.
/// </summary>
public static class RunSpecJson
{
    // By reflection: a generated reader sets members that the text lacks to zero and null.
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Writes a run as one line of JSON.</summary>
    /// <param name="run">The run.</param>
    public static string Write(RunSpec run) => JsonSerializer.Serialize(run, Options);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="JsonException">The text is not a run: the message says where and what was expected.</exception>
    public static RunSpec Read(string json) =>
        JsonSerializer.Deserialize<RunSpec>(json, Options) ?? throw new JsonException("A run is a JSON object; this is null.");
}
