using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

internal sealed class ServerStreamingCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, ServerSettings settings, ServerStreamingServerMethod<TRequest, TResponse> handler)
    : CallHandler<TRequest, TResponse>(method, settings)
    where TRequest : class
    where TResponse : class
{
    protected override bool StreamsRequests => false;

    protected override async Task RunAsync(HttpServerCallContext call)
    {
        TRequest request = await ReadSingleAsync(call).ConfigureAwait(false);
        using ResponseEncoder<TResponse> encoder = CreateEncoder(call);
        await handler(request, new ServerStreamWriter<TResponse>(call, encoder), call).ConfigureAwait(false);
    }
}
