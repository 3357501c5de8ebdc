namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>One collection, written out. Immutable, so any number of scrapes may send it at once.</summary>
/// <param name="Content">The exposition, UTF-8; empty when there was nothing to export.</param>
/// <param name="GeneratedAt">The wall clock at the collection, for Last-Modified.</param>
/// <param name="Timestamp">The monotonic clock at the collection, for the cache's age.</param>
internal sealed record ScrapeResponse(ReadOnlyMemory<byte> Content, DateTimeOffset GeneratedAt, long Timestamp);
