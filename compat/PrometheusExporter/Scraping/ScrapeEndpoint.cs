using System.Globalization;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;
using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>Answers a scrape: 200 with the exposition, 408 when the scraper's own time limit passed, 500 when collecting failed.</summary>
/// <param name="exporter">The exporter to collect from; null when the SDK is switched off, and then every scrape is empty.</param>
internal sealed class ScrapeEndpoint(PrometheusExporter? exporter)
{
    // Keeps a nonsensical header from overflowing the timer; no scrape takes an hour.
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(1);

    /// <exception cref="ArgumentException">The provider was built without the exporter.</exception>
    public static ScrapeEndpoint For(MeterProvider provider)
    {
        if (LiveExporters.Of(provider) is { } exporter)
        {
            return new ScrapeEndpoint(exporter);
        }

        // https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/: the provider is then an empty one.
        bool switchedOff = bool.TryParse(Environment.GetEnvironmentVariable("OTEL_SDK_DISABLED"), out bool disabled) && disabled;
        return switchedOff
            ? new ScrapeEndpoint(exporter: null)
            : throw new ArgumentException(
                "the meter provider has no Prometheus exporter: call AddPrometheusExporter() before Build()", nameof(provider));
    }

    public async Task InvokeAsync(HttpContext context)
    {
        if (exporter is null)
        {
            return;
        }

        var headers = context.Request.GetTypedHeaders();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        if (ScrapeTimeoutOf(context.Request.Headers) is { } timeout)
        {
            deadline.CancelAfter(timeout);
        }

        try
        {
            var format = AcceptHeader.Choose(headers.Accept);
            var scraped = await exporter.Collector.ScrapeAsync(format, deadline.Token).ConfigureAwait(false);
            await SendAsync(context.Response, scraped, format, AcceptsGZip(headers), deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            Fail(context.Response, StatusCodes.Status408RequestTimeout);
        }
#pragma warning disable CA1031 // The edge of the request: whatever an observable instrument threw must not end the host.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            PrometheusExporterEventSource.Log.ScrapeFailed(failure.ToString());
            Fail(context.Response, StatusCodes.Status500InternalServerError);
        }
    }

    private static async Task SendAsync(
        HttpResponse response, ScrapeResponse scraped, ScrapeFormat format, bool compress, CancellationToken cancellationToken)
    {
        if (scraped.Content.IsEmpty)
        {
            return;
        }

        response.ContentType = AcceptHeader.ContentTypeOf(format);
        response.Headers.LastModified = scraped.GeneratedAt.ToString("R", CultureInfo.InvariantCulture);
        response.Headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (!compress)
        {
            response.ContentLength = scraped.Content.Length;
            await response.Body.WriteAsync(scraped.Content, cancellationToken).ConfigureAwait(false);
            return;
        }

        response.Headers.ContentEncoding = "gzip";
        var zip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await using (zip.ConfigureAwait(false))
        {
            await zip.WriteAsync(scraped.Content, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Fail(HttpResponse response, int status)
    {
        if (!response.HasStarted)
        {
            response.Clear();
            response.StatusCode = status;
        }
    }

    private static bool AcceptsGZip(RequestHeaders headers)
        => headers.AcceptEncoding.Any(coding => coding.Quality is not 0 && coding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase));

    private static TimeSpan? ScrapeTimeoutOf(IHeaderDictionary headers)
    {
        string? text = headers["X-Prometheus-Scrape-Timeout-Seconds"];
        bool isUsable = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds >= 0.001;
        return isUsable ? TimeSpan.FromSeconds(Math.Min(seconds, LongestTimeout.TotalSeconds)) : null;
    }
}
