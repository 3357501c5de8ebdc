using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Internal;

internal static partial class ServerLog
{
    [LoggerMessage(1, LogLevel.Error, "Handler of {Method} threw.")]
    public static partial void HandlerThrew(ILogger logger, Exception exception, string method);

    [LoggerMessage(2, LogLevel.Information, "Call of {Method} was cancelled.")]
    public static partial void CallCancelled(ILogger logger, Exception exception, string method);

    [LoggerMessage(3, LogLevel.Information, "Call of {Method} ended with {StatusCode}: {Detail}")]
    public static partial void CallFailed(ILogger logger, string method, StatusCode statusCode, string detail);

    [LoggerMessage(4, LogLevel.Debug, "Call of {Method} passed its deadline.")]
    public static partial void DeadlinePassed(ILogger logger, string method);

    [LoggerMessage(5, LogLevel.Warning, "The answer to a call of {Method} that passed its deadline could not be sent.")]
    public static partial void DeadlineAnswerFailed(ILogger logger, Exception exception, string method);
}
