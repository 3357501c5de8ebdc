using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>The one place where what a handler throws becomes a status.</summary>
internal static class HandlerFailure
{
    public static Status ToStatus(Exception exception, HttpServerCallContext call)
    {
        switch (exception)
        {
            case RpcException rpc:
                ServerLog.CallFailed(call.Settings.Logger, call.Method, rpc.StatusCode, rpc.Status.Detail);
                foreach (Metadata.Entry trailer in rpc.Trailers)
                {
                    call.ResponseTrailers.Add(trailer);
                }

                return rpc.Status;

            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } tooLarge:
                return new Status(StatusCode.ResourceExhausted, $"{tooLarge.Message} Raise Kestrel's MaxRequestBodySize.");

            case OperationCanceledException or IOException when call.CancellationToken.IsCancellationRequested:
                ServerLog.CallCancelled(call.Settings.Logger, exception, call.Method);
                return new Status(StatusCode.Cancelled, "The call was cancelled.");

            default:
                ServerLog.HandlerThrew(call.Settings.Logger, exception, call.Method);
                return new Status(StatusCode.Unknown, call.Settings.DetailedErrors
                    ? $"Exception was thrown by handler. {Describe(exception)}"
                    : "Exception was thrown by handler.");
        }
    }

    private static string Describe(Exception exception)
    {
        string text = $"{exception.GetType().Name}: {exception.Message}";
        return exception.InnerException is { } inner ? $"{text} {Describe(inner)}" : text;
    }
}
