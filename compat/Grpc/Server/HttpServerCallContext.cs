using System.Net.Sockets;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>A call over ASP.NET Core.</summary>
internal sealed class HttpServerCallContext(HttpContext http, IMethod method, ServerSettings settings) : ServerCallContext
{
    private static readonly AuthContext Unauthenticated = new(null, []);

    private Metadata? _requestHeaders;
    private Metadata? _responseTrailers;
    private AuthContext? _authContext;

    public HttpContext HttpContext => http;

    public ServerSettings Settings => settings;

    /// <summary>The end of the call; see there for who may write when.</summary>
    public ServerCallLife Life => field ??= new ServerCallLife(this);

    /// <summary>How responses are compressed.</summary>
    public MessageCompression ResponseCompression { get; private set; } = MessageCompression.None;

    /// <summary>True once a message was written or the headers were sent, after which the status must travel as trailers.</summary>
    public bool ResponseBegun { get; set; }

    protected override DateTime DeadlineCore => Life.Deadline;

    protected override string MethodCore => method.FullName;

    protected override string HostCore => http.Request.Host.Value ?? "";

    protected override string PeerCore => http.Connection.RemoteIpAddress is { } address
        ? address.AddressFamily == AddressFamily.InterNetwork
            ? $"ipv4:{address}:{http.Connection.RemotePort}"
            : $"ipv6:[{address}]:{http.Connection.RemotePort}"
        : "unknown";

    protected override Metadata RequestHeadersCore => _requestHeaders ??= ReadHeaders();

    protected override CancellationToken CancellationTokenCore => Life.Token;

    protected override Metadata ResponseTrailersCore => _responseTrailers ??= [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => _authContext ??= http.Connection.ClientCertificate is { } certificate
        ? CertificateIdentity.Read(certificate)
        : Unauthenticated;

    protected override IDictionary<object, object> UserStateCore => http.Items!;

    /// <summary>The trailers of the handler; null when it set none.</summary>
    public Metadata? SetTrailers => _responseTrailers;

    /// <summary>Prepares the response. Nothing is sent yet.</summary>
    public void Begin()
    {
        http.Response.ContentType = GrpcHeaders.ContentType;
        ResponseCompression = settings.CompressionFor(http.Request.Headers[GrpcHeaders.AcceptEncoding]);
        if (ResponseCompression.SendProvider is { } provider)
        {
            http.Response.Headers[GrpcHeaders.Encoding] = provider.EncodingName;
        }
    }

    protected override async Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        ArgumentNullException.ThrowIfNull(responseHeaders);
        Life.BeginWrite();
        try
        {
            if (ResponseBegun)
            {
                throw new InvalidOperationException("Response headers can only be sent once per call, before the first response.");
            }

            foreach (Metadata.Entry entry in responseHeaders)
            {
                http.Response.Headers.Append(entry.Key, entry.WireValue);
            }

            ResponseBegun = true;
            await http.Response.BodyWriter.FlushAsync(CancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Life.EndWrite();
        }
    }

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotImplementedException(
            "Propagation tokens are not supported. Pass Deadline and CancellationToken to the calls that the handler makes.");

    private Metadata ReadHeaders()
    {
        var metadata = new Metadata();
        foreach (var header in http.Request.Headers)
        {
            if (GrpcHeaders.IsReserved(header.Key))
            {
                continue;
            }

            foreach (string? value in header.Value)
            {
                MetadataCodec.Add(metadata, header.Key, value ?? "");
            }
        }

        return metadata;
    }
}
