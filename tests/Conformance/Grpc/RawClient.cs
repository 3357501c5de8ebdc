using System.Net;
using System.Net.Http.Headers;

namespace Granary.Conformance.Grpc.Tests;

/// <summary>Speaks HTTP/2 to a server without any gRPC client in between, so that a test decides every byte.</summary>
internal sealed class RawClient(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = EchoHost.Patience };

    public async Task<HttpResponseMessage> PostAsync(
        string method, byte[] body, Action<HttpRequestMessage>? change = null, string contentType = "application/grpc")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/granary.conformance.v1.Echo/{method}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = contentType.Length == 0 ? null : MediaTypeHeaderValue.Parse(contentType);
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        change?.Invoke(request);
        return await _http.SendAsync(request);
    }

    /// <summary>The grpc-status of a response, from its trailers or else its headers.</summary>
    public static async Task<string> StatusAsync(HttpResponseMessage response)
    {
        await response.Content.ReadAsByteArrayAsync();
        return response.TrailingHeaders.TryGetValues("grpc-status", out IEnumerable<string>? values)
            || response.Headers.TryGetValues("grpc-status", out values)
            ? values.Single()
            : "none";
    }

    public void Dispose() => _http.Dispose();
}
