using System.Buffers;
using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Wire;

/// <summary>The compression of one direction of a call: how messages are sent, or how they were by the peer.</summary>
internal sealed class MessageCompression
{
    public static readonly MessageCompression None = new(null, null);

    private readonly CompressionLevel? _level;

    public MessageCompression(ICompressionProvider? sendProvider, CompressionLevel? level)
    {
        SendProvider = sendProvider;
        _level = level;
    }

    /// <summary>Compresses what is sent; null to send as it is.</summary>
    public ICompressionProvider? SendProvider { get; }

    public void Compress(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, IBufferWriter<byte> destination)
    {
        using Stream stream = SendProvider!.CreateCompressionStream(new BufferWriterStream(destination), _level);
        stream.Write(first);
        stream.Write(second);
    }

    /// <summary>
    /// Decompresses a whole message. The limit holds for the plain bytes, so that a small message cannot fill the memory.
    /// </summary>
    /// <exception cref="RpcException">ResourceExhausted: too large. Internal: the bytes are not what the encoding says.</exception>
    public static ReadOnlySequence<byte> Decompress(ReadOnlySequence<byte> payload, ICompressionProvider provider, MessageLimits limits)
    {
        var plain = new ArrayBufferWriter<byte>();
        try
        {
            using Stream stream = provider.CreateDecompressionStream(new SequenceStream(payload));
            while (true)
            {
                int read = stream.Read(plain.GetSpan());
                if (read == 0)
                {
                    return new ReadOnlySequence<byte>(plain.WrittenMemory);
                }

                plain.Advance(read);
                limits.CheckReceive(plain.WrittenCount);
            }
        }
        catch (InvalidDataException e)
        {
            throw new RpcException(
                new Status(StatusCode.Internal, $"A message could not be decompressed as '{provider.EncodingName}'.", e));
        }
    }
}
