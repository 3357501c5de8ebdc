using Grpc.Core;

namespace Granary.Contracts.Tests.Grpc;

/// <summary>What a generated base class of the service would be.</summary>
[BindServiceMethod(typeof(BlobBase), nameof(Bind))]
internal abstract class BlobBase
{
    public abstract Task<Blob> Unary(Blob request, ServerCallContext context);

    public abstract Task Exchange(IAsyncStreamReader<Blob> requests, IServerStreamWriter<Blob> replies, ServerCallContext context);

    public static void Bind(ServiceBinderBase binder, BlobBase? service)
    {
        binder.AddMethod(BlobMethods.Unary, service is null ? null : new UnaryServerMethod<Blob, Blob>(service.Unary));
        binder.AddMethod(BlobMethods.Exchange, service is null ? null : new DuplexStreamingServerMethod<Blob, Blob>(service.Exchange));
    }
}
