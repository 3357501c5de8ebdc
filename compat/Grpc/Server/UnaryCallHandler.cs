using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

internal sealed class UnaryCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, ServerSettings settings, UnaryServerMethod<TRequest, TResponse> handler)
    : CallHandler<TRequest, TResponse>(method, settings)
    where TRequest : class
    where TResponse : class
{
    protected override bool StreamsRequests => false;

    protected override async Task RunAsync(HttpServerCallContext call)
    {
        TRequest request = await ReadSingleAsync(call).ConfigureAwait(false);
        using ResponseEncoder<TResponse> encoder = CreateEncoder(call);
        WriteSingle(call, encoder, await handler(request, call).ConfigureAwait(false));
    }
}
