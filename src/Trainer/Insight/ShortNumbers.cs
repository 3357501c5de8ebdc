using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Granary.Trainer.Insight;

/// <summary>Writes a number with the digits of a float32, which is what was measured; NaN and infinities as strings.</summary>
internal sealed class ShortNumbers : JsonConverter<double>
{
    /// <inheritdoc/>
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? double.TryParse(reader.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double named)
                ? named
                : throw new JsonException($"'{reader.GetString()}' is not a number.")
            : reader.GetDouble();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (float.IsFinite((float)value))
            writer.WriteNumberValue((float)value);
        else
            writer.WriteStringValue(((float)value).ToString(CultureInfo.InvariantCulture));
    }
}
