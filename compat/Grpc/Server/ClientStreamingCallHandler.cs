using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

internal sealed class ClientStreamingCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, ServerSettings settings, ClientStreamingServerMethod<TRequest, TResponse> handler)
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
            WriteSingle(call, encoder, await handler(requests, call).ConfigureAwait(false));
        }
        finally
        {
            requests.Close();
        }
    }
}
