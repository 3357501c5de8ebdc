using Granary.Trainer.Checkpoints;
using Granary.Trainer.Checkpoints.PyTorch;

namespace Granary.Trainer.Tests.Checkpoints.PyTorch;

/// <summary>Files that PyTorch 1.13 wrote, with the values that it was given.</summary>
public sealed class TorchFileTests
{
    private readonly IReadOnlyDictionary<string, TensorData> _tensors = TorchFile.Read(Fixtures.At("tensors.pth"));

    [Theory]
    [InlineData("whole", new long[] { 4, 6 }, "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23")]
    [InlineData("transposed", new long[] { 6, 4 }, "0 6 12 18 1 7 13 19 2 8 14 20 3 9 15 21 4 10 16 22 5 11 17 23")]
    [InlineData("tail", new long[] { 4 }, "20 21 22 23")]
    [InlineData("every_second", new long[] { 12 }, "1 3 5 7 9 11 13 15 17 19 21 23")]
    [InlineData("channels_last", new long[] { 2, 3, 2, 2 }, "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23")]
    [InlineData("expanded", new long[] { 2, 3 }, "1 1 1 2 2 2")]
    [InlineData("parameter", new long[] { 2 }, "0.5 -0.5")]
    [InlineData("empty", new long[] { 0, 3 }, "")]
    public void Read_ViewsOfStorages_AreInRowMajorOrder(string name, long[] shape, string values)
    {
        Assert.Equal("F32", _tensors[name].Type);
        Assert.Equal(shape, _tensors[name].Shape);
        Assert.Equal(values, string.Join(' ', _tensors[name].Values<float>()));
    }

    [Fact]
    public void Read_EveryElementType_IsKept()
    {
        Assert.Equal(("I64", 0), (_tensors["scalar"].Type, _tensors["scalar"].Shape.Count));
        Assert.Equal([7L], _tensors["scalar"].Values<long>());
        Assert.Equal(("F64", 1.5), (_tensors["f64"].Type, _tensors["f64"].Values<double>()[0]));
        Assert.Equal("F16", _tensors["f16"].Type);
        Assert.Equal([(Half)1.5, (Half)(-2)], _tensors["f16"].Values<Half>());
        // bfloat16 is the upper half of a float.
        Assert.Equal("BF16", _tensors["bf16"].Type);
        Assert.Equal([0x3fc0, 0xc000], _tensors["bf16"].Values<ushort>());
        Assert.Equal(("I32", -1), (_tensors["i32"].Type, _tensors["i32"].Values<int>()[0]));
        Assert.Equal(("I16", (short)-2), (_tensors["i16"].Type, _tensors["i16"].Values<short>()[0]));
        Assert.Equal(("I8", (sbyte)-3), (_tensors["i8"].Type, _tensors["i8"].Values<sbyte>()[0]));
        Assert.Equal(("U8", (byte)250), (_tensors["u8"].Type, _tensors["u8"].Values<byte>()[0]));
        Assert.Equal("BOOL", _tensors["flags"].Type);
        Assert.Equal([1, 0, 1], _tensors["flags"].Values<byte>());
    }

    [Theory]
    [InlineData("checkpoint-2.pth")]
    [InlineData("checkpoint-4.pth")]
    [InlineData("checkpoint-5.pth")]
    public void Read_CheckpointOfADataParallelNetwork_GivesTheNetworksTensorsUnderTheirOwnNames(string file)
    {
        IReadOnlyDictionary<string, TensorData> tensors = TorchFile.Read(Fixtures.At(file));

        Assert.Equal(
            ["0.bias", "0.weight", "1.bias", "1.num_batches_tracked", "1.running_mean", "1.running_var", "1.weight"],
            tensors.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([29.6f, 30.6f], tensors["1.bias"].Values<float>());
        Assert.Equal([1L], tensors["1.num_batches_tracked"].Values<long>());
    }

    [Fact]
    public void Hash_CheckValueOfTheCrcCatalogue_IsReproduced() => Assert.Equal(0xcbf43926, Crc32.Hash("123456789"u8));
}
