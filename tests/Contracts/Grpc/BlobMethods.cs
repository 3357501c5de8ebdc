using System.Buffers;
using Grpc.Core;

namespace Granary.Contracts.Tests.Grpc;

/// <summary>Methods described by hand, as the product's <c>CollectiveMethods</c> are.</summary>
internal static class BlobMethods
{
    private static readonly Marshaller<Blob> Own = Marshallers.Create<Blob>(Write, Read);

    public static readonly Method<Blob, Blob> Unary = new(MethodType.Unary, "contracts.Blobs", nameof(Unary), Own, Own);

    public static readonly Method<Blob, Blob> Exchange = new(MethodType.DuplexStreaming, "contracts.Blobs", nameof(Exchange), Own, Own);

    // An odd length goes out as one array, an even one through the writer: the product does both.
    private static void Write(Blob blob, SerializationContext context)
    {
        if (blob.Bytes.Length % 2 == 1)
        {
            context.Complete(blob.Bytes);
            return;
        }

        context.SetPayloadLength(blob.Bytes.Length);
        context.GetBufferWriter().Write(blob.Bytes);
        context.Complete();
    }

    private static Blob Read(DeserializationContext context)
    {
        ReadOnlySequence<byte> payload = context.PayloadAsReadOnlySequence();
        return new Blob(payload.ToArray(), payload.Length == context.PayloadLength);
    }
}
