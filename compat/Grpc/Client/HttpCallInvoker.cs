using Grpc.Core;

namespace Grpc.Net.Client.Internal;

/// <summary>Starts calls on a channel.</summary>
internal sealed class HttpCallInvoker(GrpcChannel channel) : CallInvoker
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        using var call = AsyncUnaryCall(method, host, options, request);
#pragma warning disable RS0030 // To block is this method's contract.
        return call.GetAwaiter().GetResult();
#pragma warning restore RS0030
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = Start(method, host, options);
        return new(
            call.UnaryAsync(request),
            static call => ((ClientCall)call).GetHeadersAsync(),
            static call => ((ClientCall)call).GetStatus(),
            static call => ((ClientCall)call).GetTrailers(),
            static call => ((ClientCall)call).Dispose(),
            call);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = Start(method, host, options);
        return new(
            call.OpenResponses(new UnaryContent<TRequest>(call.Encoder, request)),
            static call => ((ClientCall)call).GetHeadersAsync(),
            static call => ((ClientCall)call).GetStatus(),
            static call => ((ClientCall)call).GetTrailers(),
            static call => ((ClientCall)call).Dispose(),
            call);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = Start(method, host, options);
        ClientStreamWriter<TRequest> requests = call.OpenRequests();
        return new(
            requests,
            call.ResponseAsync(new StreamContent<TRequest>(requests)),
            static call => ((ClientCall)call).GetHeadersAsync(),
            static call => ((ClientCall)call).GetStatus(),
            static call => ((ClientCall)call).GetTrailers(),
            static call => ((ClientCall)call).Dispose(),
            call);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = Start(method, host, options);
        ClientStreamWriter<TRequest> requests = call.OpenRequests();
        return new(
            requests,
            call.OpenResponses(new StreamContent<TRequest>(requests)),
            static call => ((ClientCall)call).GetHeadersAsync(),
            static call => ((ClientCall)call).GetStatus(),
            static call => ((ClientCall)call).GetTrailers(),
            static call => ((ClientCall)call).Dispose(),
            call);
    }

    private ClientCall<TRequest, TResponse> Start<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
        where TRequest : class
        where TResponse : class
    {
        ArgumentNullException.ThrowIfNull(method);
        var call = new ClientCall<TRequest, TResponse>(channel, method, host, options);
        channel.Add(call);
        return call;
    }
}
