using System.Globalization;
using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client.Internal;

/// <summary>Reads the outcome of a call from its HTTP response.</summary>
internal static class ResponseStatus
{
    /// <summary>The status that the headers decide: an HTTP error, a response that is not gRPC, or early trailers. Else null.</summary>
    public static Status? OfHeaders(HttpResponseMessage response)
    {
        if (response.Version.Major < 2)
        {
            return new Status(
                StatusCode.Internal, $"Bad gRPC response. Response protocol downgraded to HTTP/{response.Version.ToString(2)}.");
        }

        if ((int)response.StatusCode != 200)
        {
            return new Status(
                TransportErrors.OfHttp(response.StatusCode), $"Bad gRPC response. HTTP status code: {(int)response.StatusCode}");
        }

        string? contentType = First(response.Content.Headers, "Content-Type");
        if (!GrpcHeaders.IsGrpc(contentType))
        {
            return new Status(StatusCode.Cancelled, contentType is null
                ? "Bad gRPC response. Response did not have a content-type header."
                : $"Bad gRPC response. Invalid content-type value: {contentType}");
        }

        return Parse(response.Headers);
    }

    /// <summary>The status of the trailers, after the body.</summary>
    public static Status Of(HttpResponseMessage response, out Metadata trailers)
    {
        Status? status = Parse(response.TrailingHeaders);
        trailers = MetadataCodec.Read(status is null ? response.Headers : response.TrailingHeaders);
        return status
            ?? Parse(response.Headers)
            ?? new Status(StatusCode.Cancelled, "No grpc-status found on response.");
    }

    public static string? EncodingOf(HttpResponseMessage response) => First(response.Headers, GrpcHeaders.Encoding);

    private static Status? Parse(HttpHeaders headers)
    {
        if (First(headers, GrpcHeaders.Status) is not { } code)
        {
            return null;
        }

        if (!int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return new Status(StatusCode.Unknown, $"Unexpected grpc-status value: {code}");
        }

        return new Status((StatusCode)number, StatusMessage.Decode(First(headers, GrpcHeaders.Message) ?? ""));
    }

    private static string? First(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out HeaderStringValues values) && values.Count > 0 ? values.First() : null;
}
