using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>The endpoint of one method: takes an HTTP request through the protocol to the handler and its outcome back.</summary>
internal abstract class CallHandler<TRequest, TResponse>(Method<TRequest, TResponse> method, ServerSettings settings)
    where TRequest : class
    where TResponse : class
{
    /// <summary>Whether the request is a stream, which may be slow and long without being an attack.</summary>
    protected abstract bool StreamsRequests { get; }

    public async Task HandleAsync(HttpContext http)
    {
        if (!IsGrpc(http))
        {
            return;
        }

        var call = new HttpServerCallContext(http, method, settings);
        Status status;
        try
        {
            PrepareRequest(http);
            call.Begin();
            _ = call.Life;
            await RunAsync(call).ConfigureAwait(false);
            status = call.Status;
        }
        catch (Exception e)
        {
            status = HandlerFailure.ToStatus(e, call);
        }

        await call.Life.EndAsync(status).ConfigureAwait(false);
    }

    protected abstract Task RunAsync(HttpServerCallContext call);

    protected ResponseEncoder<TResponse> CreateEncoder(HttpServerCallContext call) => new(call, method.ResponseMarshaller);

    protected PipeMessageReader<TRequest> CreateReader(HttpServerCallContext call)
    {
        var provider = settings.Compression.Find(call.HttpContext.Request.Headers[GrpcHeaders.Encoding]);
        var decoder = new MessageDecoder<TRequest>(method.RequestMarshaller.ContextualDeserializer, settings.Limits, provider);
        return new PipeMessageReader<TRequest>(call.HttpContext.Request.BodyReader, decoder);
    }

    /// <summary>Reads the one request of a call.</summary>
    /// <exception cref="RpcException">Internal: there is none, or more than one.</exception>
    protected async ValueTask<TRequest> ReadSingleAsync(HttpServerCallContext call)
    {
        PipeMessageReader<TRequest> reader = CreateReader(call);
        (bool found, TRequest? request) = await reader.ReadAsync(call.CancellationToken).ConfigureAwait(false);
        if (!found)
        {
            throw MessageFrame.Truncated(0, MessageFrame.HeaderLength);
        }

        (bool another, _) = await reader.ReadAsync(call.CancellationToken).ConfigureAwait(false);
        return another ? throw MessageFrame.Additional() : request!;
    }

    protected static void WriteSingle(HttpServerCallContext call, ResponseEncoder<TResponse> encoder, TResponse? response)
    {
        if (response is null)
        {
            throw new RpcException(new Status(StatusCode.Cancelled, "No message returned from method."));
        }

        // A status other than OK set by the handler makes the message meaningless; the peer would have to drop it.
        if (call.Status.StatusCode == StatusCode.OK)
        {
            encoder.Write(response, call.WriteOptions);
        }
    }

    private static bool IsGrpc(HttpContext http)
    {
        if (!HttpProtocol.IsHttp2(http.Request.Protocol) && !HttpProtocol.IsHttp3(http.Request.Protocol))
        {
            http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            ResponseEnd.Refuse(http, new Status(
                StatusCode.Internal, $"gRPC needs HTTP/2 but the request came over {http.Request.Protocol}."));
            http.Response.Headers.Upgrade = HttpProtocol.Http2;
            return false;
        }

        if (!GrpcHeaders.IsGrpc(http.Request.ContentType))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            ResponseEnd.Refuse(http, new Status(
                StatusCode.Internal, $"Content-Type should be {GrpcHeaders.ContentType} but is '{http.Request.ContentType}'."));
            return false;
        }

        return true;
    }

    private void PrepareRequest(HttpContext http)
    {
        if (!StreamsRequests)
        {
            return;
        }

        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }
    }
}
