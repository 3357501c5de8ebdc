using System.Text.Json;

namespace Granary.Trainer.Tools.Training;

/// <summary>
/// A timeline as a Chrome trace (the Trace Event Format, which chrome://tracing and ui.perfetto.dev show): a row per rank, times in
/// microseconds since the machine started.
/// </summary>
internal static class TimelineFile
{
    /// <summary>Writes what one rank did.</summary>
    /// <param name="path">The file; replaced.</param>
    /// <param name="recorder">The rank's.</param>
    public static void Write(string path, TimelineRecorder recorder)
    {
        using FileStream file = File.Create(path);
        using var json = new Utf8JsonWriter(file);
        Begin(json);
        WriteName(json, recorder.Rank);
        double microseconds = 1e6 / recorder.Time.TimestampFrequency;
        foreach (TimelineSpan span in recorder.Spans)
            WriteSpan(json, recorder.Rank, span, microseconds);
        End(json);
    }

    /// <summary>Puts the ranks' files together; the parts are removed. A rank whose part is missing has no row.</summary>
    /// <param name="path">The file; replaced.</param>
    /// <param name="parts">The ranks' files.</param>
    public static void Join(string path, IReadOnlyList<string> parts)
    {
        using FileStream file = File.Create(path);
        using var json = new Utf8JsonWriter(file);
        Begin(json);
        foreach (string part in parts.Where(File.Exists))
        {
            using (var trace = JsonDocument.Parse(File.ReadAllBytes(part)))
            {
                foreach (JsonElement one in trace.RootElement.GetProperty("traceEvents").EnumerateArray())
                    one.WriteTo(json);
            }

            File.Delete(part);
        }

        End(json);
    }

    private static void Begin(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("displayTimeUnit", "ms");
        json.WriteStartArray("traceEvents");
    }

    private static void End(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
    }

    private static void WriteName(Utf8JsonWriter json, int rank)
    {
        WriteHead(json, "thread_name", "M", rank);
        json.WriteStartObject("args");
        json.WriteString("name", FormattableString.Invariant($"rank {rank}"));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSpan(Utf8JsonWriter json, int rank, TimelineSpan span, double microseconds)
    {
        WriteHead(json, span.Name, "X", rank);
        json.WriteNumber("ts", Math.Round(span.From * microseconds, 3));
        json.WriteNumber("dur", Math.Round((span.To - span.From) * microseconds, 3));
        json.WriteStartObject("args");
        json.WriteNumber("step", span.Step);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, string name, string kind, int rank)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("ph", kind);
        json.WriteNumber("pid", 0);
        json.WriteNumber("tid", rank);
    }
}
