using System.Buffers.Binary;
using System.Text;
using Granary.Trainer.Checkpoints;

namespace Granary.Trainer.Tests.Checkpoints;

public sealed class SafetensorsTests
{
    private static readonly SafetensorsFile Two = new(
        new Dictionary<string, string> { ["format"] = "pt" },
        new Dictionary<string, TensorData>
        {
            ["b"] = new("I64", [], BitConverter.GetBytes(7L)),
            ["a"] = new("F32", [2, 1], new byte[] { 0, 0, 128, 63, 0, 0, 0, 64 }),
        });

    [Fact]
    public void Write_TwoTensors_FollowsTheFormat()
    {
        byte[] bytes = Write(Two);

        // By the format: 8 bytes of length, JSON padded with spaces, then the tensors in the header's order; the widest elements first.
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        string header = Encoding.UTF8.GetString(bytes, 8, length);
        Assert.Equal(0, length % 8);
        Assert.Equal(
            """{"__metadata__":{"format":"pt"},"b":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"a":"""
            + """{"dtype":"F32","shape":[2,1],"data_offsets":[8,16]}}""",
            header.TrimEnd(' '));
        Assert.Equal([7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 128, 63, 0, 0, 0, 64], bytes[(8 + length)..]);
    }

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        SafetensorsFile read = SafetensorsReader.Read(Write(Two), "file");

        Assert.Equal("pt", read.Metadata["format"]);
        Assert.Equal(["a", "b"], read.Tensors.Keys.Order());
        Assert.Equal([2L, 1L], read.Tensors["a"].Shape);
        Assert.Equal(Two.Tensors["a"].Data.ToArray(), read.Tensors["a"].Data.ToArray());
        Assert.Equal(7L, BitConverter.ToInt64(read.Tensors["b"].Data.Span));
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "takes 8 bytes; its offsets are 0 to 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "begins at 4, expected 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "end at 4, expected 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 2, "its offsets are 0 to 4 of 2")]
    [InlineData("""{"a":{"dtype":"X9","shape":[1],"data_offsets":[0,4]}}""", 4, "has type X9, expected one of")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1,-1],"data_offsets":[0,4]}}""", 4, "F32 [-1, -1]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}""", 4, "header is damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "header is damaged")]
    [InlineData("""{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", 0, "two")]
    [InlineData("""{"__metadata__":{"format":null}}""", 0, "header is damaged")]
    [InlineData("""{"a":{"dtype":null,"shape":[1],"data_offsets":[0,4]}}""", 4, "has type null, expected one of")]
    [InlineData("""[]""", 0, "header is damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "header is damaged")]
    [InlineData("""{"a":""", 4, "header is damaged")]
    public void Read_ForbiddenHeader_SaysWhat(string header, int dataBytes, string expected)
    {
        byte[] length = BitConverter.GetBytes((long)header.Length);
        byte[] bytes = [.. length, .. Encoding.UTF8.GetBytes(header), .. new byte[dataBytes]];

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => SafetensorsReader.Read(bytes, "w.safetensors"));

        Assert.StartsWith("w.safetensors: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_HeaderLongerThanTheFile_IsRefused()
    {
        byte[] bytes = [.. BitConverter.GetBytes(1_000L), 1, 2, 3];

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => SafetensorsReader.Read(bytes, "w"));

        Assert.Contains("at most 3 bytes, its length says 1000", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Write(SafetensorsFile file)
    {
        var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, file);
        return stream.ToArray();
    }
}
