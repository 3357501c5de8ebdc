using System.Text;

namespace Granary.Trainer.Agent;

/// <summary>
/// A worker's output: a file that stops growing at a limit, and the last bytes of standard error for the report of its end.
/// </summary>
/// <param name="path">The file, overwritten.</param>
/// <param name="limit">Characters kept in the file.</param>
internal sealed class BoundedLog(string path, int limit) : IDisposable
{
    private const int TailBytes = 8 << 10;

    private readonly Lock _gate = new();
    private readonly StreamWriter _file = new(path, append: false) { AutoFlush = true };
    private readonly StringBuilder _tail = new();
    private int _written;

    /// <summary>Copies one of the worker's streams until it ends.</summary>
    /// <param name="reader">The stream.</param>
    /// <param name="isError">Whether it is standard error.</param>
    public async Task CopyAsync(StreamReader reader, bool isError)
    {
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer) is > 0 and var read) Add(buffer.AsSpan(0, read), isError);
    }

    /// <summary>The last lines of standard error, at most 8 KiB of UTF-8.</summary>
    public string Tail()
    {
        lock (_gate)
        {
            var bytes = Encoding.UTF8.GetBytes(_tail.ToString());
            if (bytes.Length <= TailBytes) return _tail.ToString().TrimEnd();
            var start = bytes.Length - TailBytes;
            // Not in the middle of a character.
            while (start < bytes.Length && (bytes[start] & 0xC0) == 0x80) start++;
            return Encoding.UTF8.GetString(bytes.AsSpan(start)).TrimEnd();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate) _file.Dispose();
    }

    private void Add(ReadOnlySpan<char> text, bool isError)
    {
        lock (_gate)
        {
            if (isError)
            {
                _tail.Append(text);
                if (_tail.Length > 2 * TailBytes) _tail.Remove(0, _tail.Length - TailBytes);
            }

            var room = limit - _written;
            if (room <= 0) return;
            _file.Write(text[..Math.Min(room, text.Length)]);
            _written += text.Length;
            if (_written >= limit) _file.Write($"\n[what follows is not kept: this log holds {limit} characters]\n");
        }
    }
}
