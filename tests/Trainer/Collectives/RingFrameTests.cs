using System.Buffers;
using Google.Protobuf;
using Granary.Trainer.Collectives;
using Granary.V1;

namespace Granary.Trainer.Tests.Collectives;

// The reference is the code that protoc generates from collective.proto.
public sealed class RingFrameTests
{
    private static readonly ChunkPosition Position = new(1UL << 40, 7, 3_000_000_000);

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    [InlineData(RingOptions.MaxChunkBytes)]
    public void Wire_Chunk_IsWhatProtobufReads(int bytes)
    {
        var frame = Filled(bytes);

        var chunk = RingMessage.Parser.ParseFrom(frame.Wire).Chunk;

        Assert.Equal(Position, new ChunkPosition(chunk.Collective, chunk.Step, chunk.Offset));
        Assert.Equal(frame.Data.ToArray(), chunk.Data.ToByteArray());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5000, 7)]
    [InlineData(5000, 4096)]
    public void Parse_OwnChunkInPieces_IsTheChunk(int bytes, int piece)
    {
        var sent = Filled(bytes);

        var received = RingFrame.Parse(Pieces(sent.Wire, piece));

        Assert.Null(received.Words);
        Assert.Equal(Position, received.Position);
        Assert.Equal(sent.Data.ToArray(), received.Data.ToArray());
        received.Release();
        Assert.True(received.Data.IsEmpty);
    }

    [Fact]
    public void Parse_ChunkOfAnotherProgram_IsTheSameChunk()
    {
        var data = Filled(300).Data.ToArray();
        var message = new RingMessage { Chunk = new TensorChunk { Collective = 3, Offset = 9, Data = ByteString.CopyFrom(data) } };

        var received = RingFrame.Parse(new ReadOnlySequence<byte>(message.ToByteArray()));

        Assert.Equal(new ChunkPosition(3, 0, 9), received.Position);
        Assert.Equal(data, received.Data.ToArray());
    }

    [Fact]
    public void Parse_OtherWords_AreLeftAsTheyAre()
    {
        var message = new RingMessage { Hello = HostilePeerTests.Hello() };

        Assert.Equal(message, RingFrame.Parse(new ReadOnlySequence<byte>(message.ToByteArray())).Words);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(33)]
    [InlineData(20)]
    public void Parse_ChunkCutOff_IsNoMessage(int kept)
    {
        var wire = Filled(200).Wire.AsMemory(0, kept);

        Assert.Throws<InvalidProtocolBufferException>(() => RingFrame.Parse(new ReadOnlySequence<byte>(wire)));
    }

    private static RingFrame Filled(int bytes)
    {
        var frame = RingFrame.OfData(bytes);
        new Random(bytes).NextBytes(frame.Data);
        frame.Position = Position;
        return frame;
    }

    private static ReadOnlySequence<byte> Pieces(byte[] bytes, int piece)
    {
        var first = new Piece(bytes.AsMemory(0, Math.Min(piece, bytes.Length)), 0);
        var last = first;
        for (var start = piece; start < bytes.Length; start += piece)
        {
            last = last.Append(bytes.AsMemory(start, Math.Min(piece, bytes.Length - start)));
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long index) => (Memory, RunningIndex) = (memory, index);

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
