using Grpc.Core;

namespace Granary.Contracts.Tests.Grpc;

/// <summary>Does what a test says; by default it sends back what comes.</summary>
internal sealed class BlobService : BlobBase
{
    public Func<Blob, ServerCallContext, Task<Blob>> OnUnary { get; set; } = (request, _) => Task.FromResult(request);

    public Func<IAsyncStreamReader<Blob>, IServerStreamWriter<Blob>, ServerCallContext, Task> OnExchange { get; set; } = EchoAsync;

    public override Task<Blob> Unary(Blob request, ServerCallContext context) => OnUnary(request, context);

    public override Task Exchange(IAsyncStreamReader<Blob> requests, IServerStreamWriter<Blob> replies, ServerCallContext context) =>
        OnExchange(requests, replies, context);

    private static async Task EchoAsync(IAsyncStreamReader<Blob> requests, IServerStreamWriter<Blob> replies, ServerCallContext context)
    {
        await foreach (Blob request in requests.ReadAllAsync(context.CancellationToken)) await replies.WriteAsync(request);
        await replies.WriteAsync(new Blob([255]));
    }
}
