using System.Text.Json;
using System.Text.Json.Serialization;

namespace Granary.Silo.Storage;

/// <summary>Stores a strong id as its text, as a value and as a key.</summary>
/// <typeparam name="T">The id's type; its <c>ToString</c> gives what <paramref name="parse"/> reads.</typeparam>
/// <param name="parse">Reads the text.</param>
internal sealed class IdJsonConverter<T>(Func<string, T> parse) : JsonConverter<T>
    where T : struct
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString());

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(reader.GetString());

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.ToString() ?? "");

    private T Parse(string? text)
    {
        try
        {
            return parse(text ?? throw new JsonException($"Expected a {typeof(T).Name}; this is null."));
        }
        catch (FormatException error)
        {
            throw new JsonException(error.Message, error);
        }
    }
}
