using System.Text.Json;
using System.Text.Json.Serialization;

namespace Granary.Silo.Storage;

/// <summary>
/// The stored form of grain states: JSON. Members that this version does not know are skipped, members that are missing keep
/// their defaults, so that a state outlives changes of its type. Ids are strings, also as keys of dictionaries.
/// </summary>
internal static class GrainStateJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Converters =
        {
            new IdJsonConverter<SweepId>(text => new SweepId(text)),
            new IdJsonConverter<TrialId>(TrialId.Parse),
            new IdJsonConverter<DeviceId>(DeviceId.Parse),
        },
    };

    /// <summary>Writes a state.</summary>
    public static byte[] Write<T>(T state) => JsonSerializer.SerializeToUtf8Bytes(state, Options);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">The text is not such a state.</exception>
    public static T Read<T>(byte[] json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"Expected the JSON of a {typeof(T).Name}; this is null.");
}
