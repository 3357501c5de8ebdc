using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

internal sealed class DuplexStreamingCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, ServerSettings settings, DuplexStreamingServerMethod<TRequest, TResponse> handler)
    : CallHandler<TRequest, TResponse>(method, settings)
    where TRequest : class
    where TResponse : class
{
    protected override bool StreamsRequests => true;

    protected override async Task RunAsync(HttpServerCallContext call)
    {
        var requests = new ServerStreamReader<TRequest>(call, CreateReader(call));
        using ResponseEncoder<TResponse> encoder = CreateEncoder(call);
        try
        {
            await handler(requests, new ServerStreamWriter<TResponse>(call, encoder), call).ConfigureAwait(false);
        }
        finally
        {
            requests.Close();
        }
    }
}
