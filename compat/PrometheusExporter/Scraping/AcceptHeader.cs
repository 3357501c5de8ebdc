using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>Chooses the format of a response. See https://prometheus.io/docs/instrumenting/content_negotiation/.</summary>
internal static class AcceptHeader
{
    private static readonly string[] EscapingSchemes = ["allow-utf-8", "dots", "underscores", "values"];

    /// <summary>The format with the highest quality, the first one on a tie; the text format when none is known.</summary>
    public static ScrapeFormat Choose(IEnumerable<MediaTypeHeaderValue>? accepted)
    {
        var chosen = ScrapeFormat.Text;
        double best = 0;
        foreach (var media in accepted ?? [])
        {
            if (FormatOf(media) is { } format && QualityOf(media) is var quality && quality > best)
            {
                (chosen, best) = (format, quality);
            }
        }

        return chosen;
    }

    public static string ContentTypeOf(ScrapeFormat format) => format == ScrapeFormat.OpenMetrics
        ? "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores"
        : "text/plain; version=0.0.4; charset=utf-8";

    private static ScrapeFormat? FormatOf(MediaTypeHeaderValue media)
    {
        // Names are always escaped with underscores; the response says so, as the negotiation rules allow.
        if (Parameter(media, "escaping") is { } escaping && !EscapingSchemes.Contains(escaping, StringComparer.Ordinal))
        {
            return null;
        }

        string? version = Parameter(media, "version");
        if (media.MediaType.Equals("application/openmetrics-text", StringComparison.OrdinalIgnoreCase))
        {
            return version is null or "1.0.0" ? ScrapeFormat.OpenMetrics : null;
        }

        return media.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase) && version is null or "0.0.4"
            ? ScrapeFormat.Text
            : null;
    }

    /// <summary>0, which never wins, for a quality outside (0, 1].</summary>
    private static double QualityOf(MediaTypeHeaderValue media)
    {
        if (Parameter(media, "q") is not { } text)
        {
            return 1;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double quality) && quality <= 1
            ? quality
            : 0;
    }

    private static string? Parameter(MediaTypeHeaderValue media, string name)
    {
        foreach (var parameter in media.Parameters)
        {
            if (parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return parameter.Value.Value?.Trim('"');
            }
        }

        return null;
    }
}
