using System.Buffers;
using System.Buffers.Binary;
using Granary.V1;

namespace Granary.Trainer.Collectives;

/// <summary>
/// A <see cref="RingMessage"/> as senders write it: words, or a chunk whose header and data lie in one array, so that nothing but the
/// transport copies the data.
/// </summary>
/// <remarks>
/// A chunk's array holds the message as the wire has it: the tag of the oneof and its length in 4 bytes, the three numbers, the tag of the
/// data and its length in 3 bytes, the data. Lengths are varints with leading zero groups, which every reader of protobuf takes.
/// </remarks>
internal sealed class RingFrame
{
    /// <summary>Bytes before a chunk's data; a multiple of every element's size.</summary>
    public const int HeaderBytes = 32;

    private const byte ChunkTag = 0x12;
    private const byte CollectiveTag = 0x29;
    private const byte StepTag = 0x35;
    private const byte OffsetTag = 0x39;
    private const byte DataTag = 0x42;
    private const int BodyStart = 5;
    private const int LengthStart = HeaderBytes - 3;

    private byte[] _bytes;
    private int _length;

    private RingFrame(RingMessage? words, byte[] bytes, int length) => (Words, _bytes, _length) = (words, bytes, length);

    /// <summary>The message when it is no chunk.</summary>
    public RingMessage? Words { get; }

    /// <summary>The chunk's data; empty with words and after <see cref="Release"/>.</summary>
    public Span<byte> Data => _bytes.AsSpan(Math.Min(HeaderBytes, _length).._length);

    /// <summary>The chunk as the wire has it: the whole array.</summary>
    public byte[] Wire => _bytes;

    /// <summary>Where the chunk belongs.</summary>
    public ChunkPosition Position
    {
        get => new(
            BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan(6)),
            BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(15)),
            BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan(20)));
        set => WriteHeader(_bytes, _length, value);
    }

    /// <summary>A message that is no chunk.</summary>
    /// <param name="message">The message.</param>
    public static RingFrame Of(RingMessage message) => new(message, [], 0);

    /// <summary>A chunk to be filled and sent; its array has the length of the message.</summary>
    /// <param name="dataBytes">Bytes of its data, 1 to <see cref="RingOptions.MaxChunkBytes"/>.</param>
    public static RingFrame OfData(int dataBytes) =>
        new(null, GC.AllocateUninitializedArray<byte>(HeaderBytes + dataBytes), HeaderBytes + dataBytes);

    /// <summary>A message that was received. A chunk's memory is rented; see <see cref="Release"/>.</summary>
    /// <param name="payload">The message on the wire, valid during this call.</param>
    /// <exception cref="Google.Protobuf.InvalidProtocolBufferException">It is no message at all.</exception>
    public static RingFrame Parse(in ReadOnlySequence<byte> payload)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (payload.Length > HeaderBytes)
        {
            payload.Slice(0, HeaderBytes).CopyTo(header);
            if (IsOwnLayout(header, (int)payload.Length)) return Rented((int)payload.Length, payload);
        }

        var message = RingMessage.Parser.ParseFrom(payload);
        return message.Chunk is { Data.Length: > 0 and <= RingOptions.MaxChunkBytes } chunk ? Converted(chunk) : Of(message);
    }

    /// <summary>Gives a received chunk's memory back.</summary>
    public void Release()
    {
        var bytes = _bytes;
        (_bytes, _length) = ([], 0);
        if (bytes.Length > 0) ArrayPool<byte>.Shared.Return(bytes);
    }

    private static RingFrame Rented(int length, in ReadOnlySequence<byte> payload)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        payload.CopyTo(bytes);
        return new RingFrame(null, bytes, length);
    }

    // Another program's encoding of the same chunk.
    private static RingFrame Converted(TensorChunk chunk)
    {
        var length = HeaderBytes + chunk.Data.Length;
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        chunk.Data.Span.CopyTo(bytes.AsSpan(HeaderBytes));
        return new RingFrame(null, bytes, length) { Position = new ChunkPosition(chunk.Collective, chunk.Step, chunk.Offset) };
    }

    private static bool IsOwnLayout(ReadOnlySpan<byte> header, int length) =>
        header[0] == ChunkTag && header[BodyStart] == CollectiveTag && header[14] == StepTag && header[19] == OffsetTag
        && header[28] == DataTag && ReadLength(header[1..BodyStart]) == length - BodyStart && ReadLength(header[LengthStart..]) == length - HeaderBytes;

    private static void WriteHeader(Span<byte> bytes, int length, ChunkPosition position)
    {
        bytes[0] = ChunkTag;
        WriteLength(bytes[1..BodyStart], length - BodyStart);
        bytes[BodyStart] = CollectiveTag;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[6..], position.Collective);
        bytes[14] = StepTag;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[15..], position.Step);
        bytes[19] = OffsetTag;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[20..], position.Offset);
        bytes[28] = DataTag;
        WriteLength(bytes[LengthStart..HeaderBytes], length - HeaderBytes);
    }

    // Base-128 groups, least first; all but the last say that another follows.
    private static void WriteLength(Span<byte> groups, int length)
    {
        for (var i = 0; i < groups.Length; i++)
        {
            groups[i] = (byte)((length & 0x7F) | (i < groups.Length - 1 ? 0x80 : 0));
            length >>= 7;
        }
    }

    private static int ReadLength(ReadOnlySpan<byte> groups)
    {
        var length = 0;
        for (var i = 0; i < groups.Length; i++)
        {
            if ((groups[i] & 0x80) != 0 != i < groups.Length - 1) return -1;
            length |= (groups[i] & 0x7F) << (7 * i);
        }

        return length;
    }
}
