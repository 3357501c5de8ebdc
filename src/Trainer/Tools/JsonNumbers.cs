using System.Text.Json;

namespace Granary.Trainer.Tools;

/// <summary>Numbers in the tools' JSON, which knows no NaN and no infinity.</summary>
internal static class JsonNumbers
{
    /// <summary>Writes a member; a number that is not finite as null.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="value">Its value.</param>
    public static void Write(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }
}
