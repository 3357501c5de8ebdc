namespace Granary.Dashboard.Explaining;

internal sealed partial class ExplainQueue
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Explanation {Id} was drawn")]
    private partial void LogDrawn(string id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Explanation {Id} failed: {Reason}")]
    private partial void LogFailed(string id, string reason);
}
