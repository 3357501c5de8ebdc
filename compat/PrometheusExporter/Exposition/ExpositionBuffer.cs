using System.Buffers;
using System.Text;

namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>The UTF-8 text of one response. It keeps its memory from scrape to scrape and refuses to grow past a limit.</summary>
/// <param name="maxBytes">The largest response.</param>
internal sealed class ExpositionBuffer(int maxBytes)
{
    private readonly ArrayBufferWriter<byte> _bytes = new(PrometheusAspNetCoreOptions.SmallestMaxScrapeResponseSizeBytes);

    public void Clear() => _bytes.ResetWrittenCount();

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public ExpositionBuffer Append(ReadOnlySpan<char> text)
    {
        // Three bytes is the most that one UTF-16 unit takes; counting exactly is left for when that could matter.
        if (_bytes.WrittenCount + (text.Length * 3L) > maxBytes && _bytes.WrittenCount + Encoding.UTF8.GetByteCount(text) > maxBytes)
        {
            throw new InvalidOperationException(
                $"the scrape's response would pass MaxScrapeResponseSizeBytes, {maxBytes} bytes: export fewer series or raise the limit");
        }

        Encoding.UTF8.GetBytes(text, _bytes);
        return this;
    }

    public ExpositionBuffer Append(char character) => Append([character]);

    public ExpositionBuffer Append(long value)
    {
        Span<char> digits = stackalloc char[20];
        value.TryFormat(digits, out int length, provider: System.Globalization.CultureInfo.InvariantCulture);
        return Append(digits[..length]);
    }

    /// <summary>Appends text with backslash and line feed escaped, and the quotation mark where it would end a string.</summary>
    public ExpositionBuffer AppendEscaped(ReadOnlySpan<char> text, bool escapeQuotes)
    {
        string special = escapeQuotes ? "\\\n\"" : "\\\n";
        for (int next = text.IndexOfAny(special); next >= 0; next = text.IndexOfAny(special))
        {
            Append(text[..next]).Append('\\').Append(text[next] == '\n' ? 'n' : text[next]);
            text = text[(next + 1)..];
        }

        return Append(text);
    }
}
