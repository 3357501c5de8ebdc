using System.Threading.Channels;

namespace Granary.Silo.Logging;

/// <summary>
/// A log file that starts anew when it is full; the last few are kept as <c>.1</c>, <c>.2</c>, … Lines are written by one loop off the
/// callers' way; when the disk does not keep up, lines are dropped and their number is logged. Thread-safe.
/// </summary>
internal sealed class BoundedLogFile : IAsyncDisposable
{
    private const int Capacity = 8_192;

    private readonly Channel<string> _lines = Channel.CreateBounded<string>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly string _path;
    private readonly long _maxBytes;
    private readonly int _kept;
    private readonly Task _loop;
    private long _dropped;

    /// <param name="path">The newest file.</param>
    /// <param name="maxBytes">Its size at most, but for the last line.</param>
    /// <param name="kept">Older files that are kept.</param>
    public BoundedLogFile(string path, long maxBytes = 8 << 20, int kept = 3)
    {
        _path = path;
        _maxBytes = maxBytes;
        _kept = kept;
        _loop = Task.Run(WriteAllAsync);
    }

    /// <summary>Queues a line.</summary>
    public void Write(string line)
    {
        if (!_lines.Writer.TryWrite(line)) Interlocked.Increment(ref _dropped);
    }

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _loop;
    }

    private async Task WriteAllAsync()
    {
        StreamWriter? file = null;
        while (await _lines.Reader.WaitToReadAsync())
        {
            try
            {
                file ??= Open();
                while (_lines.Reader.TryRead(out string? line)) await file.WriteLineAsync(line);
                if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
                    await file.WriteLineAsync($"({dropped} lines were dropped here: the disk was too slow)");
                await file.FlushAsync();
                if (file.BaseStream.Length >= _maxBytes)
                {
                    await file.DisposeAsync();
                    file = null;
                    Rotate();
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // The console has the same lines; a full disk must not end the silo.
                file = null;
            }
        }

        if (file is not null) await file.DisposeAsync();
    }

    private StreamWriter Open() => new(new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete));

    private void Rotate()
    {
        for (int age = _kept - 1; age >= 1; age--)
            if (File.Exists($"{_path}.{age}")) File.Move($"{_path}.{age}", $"{_path}.{age + 1}", overwrite: true);
        File.Move(_path, $"{_path}.1", overwrite: true);
    }
}
