using System.Net;
using System.Net.Sockets;
using Grpc.Core;

namespace Grpc.Net.Client.Internal;

/// <summary>Turns what HTTP/2 and sockets report into a status, by the tables of the gRPC specification.</summary>
internal static class TransportErrors
{
    // HTTP/2 error codes, RFC 9113 section 7.
    private const long RefusedStream = 0x7;
    private const long Cancel = 0x8;
    private const long EnhanceYourCalm = 0xb;
    private const long InadequateSecurity = 0xc;

    public static Status ToStatus(Exception exception, string summary) =>
        new(CodeOf(exception), $"{summary} {Describe(exception)}", exception);

    public static StatusCode OfHttp(HttpStatusCode code) => (int)code switch
    {
        400 or 431 => StatusCode.Internal,
        401 => StatusCode.Unauthenticated,
        403 => StatusCode.PermissionDenied,
        404 => StatusCode.Unimplemented,
        429 or 502 or 503 or 504 => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };

    private static StatusCode CodeOf(Exception exception)
    {
        StatusCode? code = null;
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            // HttpProtocolException is an IOException too; its error code says more.
            code = e switch
            {
                HttpProtocolException reset => OfReset(reset.ErrorCode),
                SocketException or IOException => code ?? StatusCode.Unavailable,
                _ => code,
            };
        }

        return code ?? StatusCode.Internal;
    }

    private static StatusCode OfReset(long error) => error switch
    {
        RefusedStream => StatusCode.Unavailable,
        Cancel => StatusCode.Cancelled,
        EnhanceYourCalm => StatusCode.ResourceExhausted,
        InadequateSecurity => StatusCode.PermissionDenied,
        _ => StatusCode.Internal,
    };

    private static string Describe(Exception exception)
    {
        string text = $"{exception.GetType().Name}: {exception.Message}";
        return exception.InnerException is { } inner ? $"{text} {Describe(inner)}" : text;
    }
}
