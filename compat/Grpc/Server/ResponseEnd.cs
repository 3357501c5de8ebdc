using System.Globalization;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Puts status and trailers where they belong: into trailers after a response has begun, else into the headers.</summary>
internal static class ResponseEnd
{
    public static void Write(HttpServerCallContext call, Status status)
    {
        HttpResponse response = call.HttpContext.Response;
        try
        {
            foreach (Metadata.Entry entry in call.SetTrailers ?? Metadata.Empty)
            {
                Append(response, call.ResponseBegun, entry.Key, entry.WireValue);
            }
        }
        catch (InvalidOperationException e)
        {
            // Kestrel refuses a value that is not ASCII.
            status = new Status(StatusCode.Internal, $"The handler set a trailer that cannot be sent: {e.Message}");
        }

        Append(response, call.ResponseBegun, GrpcHeaders.Status, ((int)status.StatusCode).ToString(CultureInfo.InvariantCulture));
        if (!string.IsNullOrEmpty(status.Detail))
        {
            Append(response, call.ResponseBegun, GrpcHeaders.Message, StatusMessage.Encode(status.Detail));
        }
    }

    /// <summary>Answers a call that no handler takes.</summary>
    public static void Refuse(HttpContext http, Status status)
    {
        http.Response.ContentType = GrpcHeaders.ContentType;
        Append(http.Response, begun: false, GrpcHeaders.Status, ((int)status.StatusCode).ToString(CultureInfo.InvariantCulture));
        Append(http.Response, begun: false, GrpcHeaders.Message, StatusMessage.Encode(status.Detail));
    }

    private static void Append(HttpResponse response, bool begun, string name, string value)
    {
        if (begun)
        {
            response.AppendTrailer(name, value);
        }
        else
        {
            response.Headers.Append(name, value);
        }
    }
}
