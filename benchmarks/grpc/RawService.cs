using Grpc.Core;

namespace Granary.Benchmarks.Grpc;

/// <summary>A service of raw bytes: what the ring sends, without the cost of any message format.</summary>
internal static class RawService
{
    public static readonly Method<byte[], byte[]> Unary = Describe(MethodType.Unary, "Unary");
    public static readonly Method<byte[], byte[]> Upload = Describe(MethodType.ClientStreaming, "Upload");
    public static readonly Method<byte[], byte[]> Download = Describe(MethodType.ServerStreaming, "Download");
    public static readonly Method<byte[], byte[]> Exchange = Describe(MethodType.DuplexStreaming, "Exchange");

    public static ServerServiceDefinition Definition => ServerServiceDefinition.CreateBuilder()
        .AddMethod(Unary, (UnaryServerMethod<byte[], byte[]>)((request, _) => Task.FromResult(request)))
        .AddMethod(Upload, (ClientStreamingServerMethod<byte[], byte[]>)UploadAsync)
        .AddMethod(Download, (ServerStreamingServerMethod<byte[], byte[]>)DownloadAsync)
        .AddMethod(Exchange, (DuplexStreamingServerMethod<byte[], byte[]>)ExchangeAsync)
        .Build();

    private static Method<byte[], byte[]> Describe(MethodType type, string name)
    {
        Marshaller<byte[]> bytes = Marshallers.Create<byte[]>(
            (message, context) => context.Complete(message), context => context.PayloadAsNewBuffer());
        return new Method<byte[], byte[]>(type, "granary.benchmarks.Raw", name, bytes, bytes);
    }

    private static async Task<byte[]> UploadAsync(IAsyncStreamReader<byte[]> requests, ServerCallContext context)
    {
        while (await requests.MoveNext(CancellationToken.None))
        {
        }

        return [];
    }

    private static async Task DownloadAsync(byte[] request, IServerStreamWriter<byte[]> replies, ServerCallContext context)
    {
        // The request is as large as each reply; its number follows from the volume that the client asks for.
        int count = int.Parse(context.RequestHeaders.GetValue("count")!, null);
        for (int i = 0; i < count; i++)
        {
            await replies.WriteAsync(request);
        }
    }

    private static async Task ExchangeAsync(
        IAsyncStreamReader<byte[]> requests, IServerStreamWriter<byte[]> replies, ServerCallContext context)
    {
        while (await requests.MoveNext(CancellationToken.None))
        {
            await replies.WriteAsync(requests.Current);
        }
    }
}
