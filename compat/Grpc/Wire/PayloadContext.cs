using System.Buffers;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>Shows a deserializer the payload where it lies. One per reader, reused for each message.</summary>
internal sealed class PayloadContext : DeserializationContext
{
    private ReadOnlySequence<byte> _payload;

    public override int PayloadLength => (int)_payload.Length;

    public override byte[] PayloadAsNewBuffer()
    {
        if (_payload.IsEmpty)
        {
            return [];
        }

        byte[] buffer = GC.AllocateUninitializedArray<byte>((int)_payload.Length);
        _payload.CopyTo(buffer);
        return buffer;
    }

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => _payload;

    public T Deserialize<T>(ReadOnlySequence<byte> payload, Func<DeserializationContext, T> deserializer)
    {
        _payload = payload;
        try
        {
            return deserializer(this);
        }
        finally
        {
            _payload = default;
        }
    }
}
