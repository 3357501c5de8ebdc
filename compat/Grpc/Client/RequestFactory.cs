using System.Net;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client.Internal;

/// <summary>Makes the HTTP request of a call.</summary>
internal static class RequestFactory
{
    private static readonly string UserAgent =
        $"grpc-granary/{typeof(RequestFactory).Assembly.GetName().Version?.ToString(3)} (.NET {Environment.Version})";

    public static HttpRequestMessage Create(ClientCall call, HttpContent content, TimeSpan? timeout)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, call.Channel.AddressOf(call.Method))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        var headers = request.Headers;
        headers.TryAddWithoutValidation("User-Agent", UserAgent);
        headers.TryAddWithoutValidation("TE", "trailers");
        headers.TryAddWithoutValidation(GrpcHeaders.AcceptEncoding, call.Channel.Compression.AcceptEncoding);
        if (call.Host is not null)
        {
            headers.Host = call.Host;
        }

        if (timeout is { } remaining)
        {
            headers.TryAddWithoutValidation(GrpcHeaders.Timeout, GrpcTimeout.Encode(remaining));
        }

        foreach (Metadata.Entry entry in call.Options.Headers ?? Metadata.Empty)
        {
            if (entry.Key != GrpcHeaders.Timeout)
            {
                headers.TryAddWithoutValidation(
                    entry.Key == GrpcHeaders.EncodingRequest ? GrpcHeaders.Encoding : entry.Key, entry.WireValue);
            }
        }

        return request;
    }

    /// <summary>Adds the headers of the call's and the channel's credentials. Without TLS they stay at home.</summary>
    public static Task AddCredentialsAsync(ClientCall call, HttpRequestMessage request) =>
        call.Channel.SendsCallCredentials && (call.Options.Credentials ?? call.Channel.CallCredentials) is not null
            ? AddCredentialsCoreAsync(call, request)
            : Task.CompletedTask;

    private static async Task AddCredentialsCoreAsync(ClientCall call, HttpRequestMessage request)
    {
        var service = new Uri(call.Channel.Address, call.Method.ServiceName);
        var context = new AuthInterceptorContext(service.AbsoluteUri, call.Method.Name, call.Token);
        foreach (CallCredentials? credentials in (CallCredentials?[])[call.Options.Credentials, call.Channel.CallCredentials])
        {
            if (credentials is null)
            {
                continue;
            }

            var metadata = new Metadata();
            await credentials.AddHeadersAsync(context, metadata).ConfigureAwait(false);
            foreach (Metadata.Entry entry in metadata)
            {
                request.Headers.TryAddWithoutValidation(entry.Key, entry.WireValue);
            }
        }
    }
}
