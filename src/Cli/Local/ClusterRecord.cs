using System.Text.Json;

namespace Granary.Cli.Local;

/// <summary>Where the processes of an embedded cluster are, as they wrote it down.</summary>
internal static class ClusterRecord
{
    /// <summary>One text member of a record; null when the file is absent, being written, or not such a record.</summary>
    /// <param name="path">The record.</param>
    /// <param name="name">The member.</param>
    public static string? Read(string path, string name)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            return document.RootElement.TryGetProperty(name, out JsonElement value) ? value.ToString() : null;
        }
        catch (Exception error) when (error is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
