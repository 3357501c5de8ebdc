using System.Globalization;

namespace Granary.Silo.Logging;

/// <summary>Writes log messages to a <see cref="BoundedLogFile"/>, one line each, exceptions below it.</summary>
internal sealed class FileLoggerProvider(BoundedLogFile file, TimeProvider time) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new FileLogger(categoryName, file, time);

    public void Dispose()
    {
        // The file is the host's: it is closed after the last message.
    }

    private sealed class FileLogger(string category, BoundedLogFile file, TimeProvider time) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            string message = formatter(state, exception);
            string line = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():O} {NameOf(logLevel)} {category}: {message}");
            file.Write(exception is null ? line : line + Environment.NewLine + exception);
        }

        private static string NameOf(LogLevel level) => level switch
        {
            LogLevel.Trace => "trce",
            LogLevel.Debug => "dbug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            _ => "crit",
        };
    }
}
