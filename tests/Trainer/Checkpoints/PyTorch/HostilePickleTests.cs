using Granary.Trainer.Checkpoints.PyTorch;
using static Granary.Trainer.Tests.Checkpoints.PyTorch.PickleBytes;

namespace Granary.Trainer.Tests.Checkpoints.PyTorch;

/// <summary>What a stranger may put into a pickle: nothing is executed, nothing is allocated beyond the file's own measure.</summary>
public sealed class HostilePickleTests
{
    [Fact]
    public void Read_FileThatCallsTheShell_IsRefusedByNameAndNothingRuns()
    {
        string trace = Path.GetFullPath("granary-executed-a-pickle");

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => TorchFile.Read(Fixtures.At("malicious.pth")));

        Assert.Contains("malicious/data.pkl", error.Message, StringComparison.Ordinal);
        Assert.Contains("the file wants posix.system; only tensors are read", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(trace));
    }

    [Fact]
    public void Read_WholeModule_IsRefusedByNameAndSaysWhatToSave()
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => TorchFile.Read(Fixtures.At("module.pth")));

        Assert.Contains("the file wants torch.nn.modules.container.Sequential;", error.Message, StringComparison.Ordinal);
        Assert.Contains("torch.save(model.state_dict(), FILE)", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[]> Forbidden => new()
    {
        { "the file wants os.system;", Whole(Global("os", "system"), Tuple(Text("id")), Code("R")) },
        { "the file wants builtins.eval;", Whole(Text("builtins"), Text("eval"), [0x93]) },
        { "the file wants torch.load;", Whole(Global("torch", "load")) },
        { "the file wants collections.OrderedDict.fromkeys;", Whole(Global("collections", "OrderedDict.fromkeys")) },
        { "the file wants ????.????;", Whole(Text("\u001b\u0007\r\n"), Text("\u001b\u0007\r\n"), [0x93]) },
        { "a call of something that cannot be called", Whole(Global("torch", "FloatStorage"), Tuple(), Code("R")) },
        { "a call of something that cannot be called", Whole(Text("os.system"), Tuple(Text("id")), Code("R")) },
        { "the operation 0x69", Whole(Code("i")) },
        { "the operation 0x81", Whole(Global("collections", "OrderedDict"), Code(")"), [0x81]) },
        { "the operation 0x82", Whole([0x82, 1]) },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void Read_AnythingButTensors_IsRefused(string expected, byte[] pickle) => AssertRefused(expected, pickle);

    public static TheoryData<string, byte[]> Damaged => new()
    {
        { "1 more bytes expected, 0 are left", [] },
        { "1 more bytes expected, 0 are left", [0x80, 2, (byte)'}'] },
        { "pickle protocol 1; expected 2 to 5", [0x80, 1] },
        { "pickle protocol 6; expected 2 to 5", [0x80, 6] },
        { "4294967295 more bytes expected, 1 are left", Whole(Code("X"), [255, 255, 255, 255]) },
        { "18446744073709551615 more bytes expected, 1 are left", Whole([0x8d, 255, 255, 255, 255, 255, 255, 255, 255]) },
        { "4294967295 more bytes expected, 1 are left", Whole(Code("B"), [255, 255, 255, 255]) },
        { "text that is not UTF-8", Whole([0x8c, 1, 0xff]) },
        { "a name without its end of line", Whole(Code("ctorch")) },
        { "an integer of 9 bytes; expected at most 8", Whole([0x8a, 9], new byte[9]) },
        { "an operation without what it works on", Whole() },
        { "an operation without what it works on", Whole(Code("}(0")) },
        { "an operation without what it works on", Whole(Code("q"), [0]) },
        { "memo place 1; expected at most 0", Whole(Code("}q"), [1]) },
        { "memo place 4294967295; expected at most 0", Whole(Code("}r"), [255, 255, 255, 255]) },
        { "memo place 0, where nothing was put", Whole(Code("h"), [0]) },
        { "the end of a list that did not begin", Whole(Code("t")) },
        { "a tuple of 2 without its items", Whole(Code("}"), [0x86]) },
        { "a tuple of 2 without its items", Whole(Code("}(}"), [0x86]) },
        { "an item without a dictionary to put it into", Whole(Code("]NNs")) },
        { "an item without a list to put it into", Whole(Code("}Na")) },
        { "a dictionary's key without a value", Whole(Code("}(Nu")) },
        { "a name that is not text", Whole(Code("NN"), [0x93]) },
        { "a reference outside the pickle", Whole(Reference("module", Global("torch", "FloatStorage"))) },
        { "a reference outside the pickle", Whole(Reference("storage", Global("torch", "Size"))) },
        { "a reference outside the pickle", Whole(Storage("0", -1)) },
        { "a tensor whose arguments are not", Whole(Global("torch._utils", "_rebuild_tensor_v2"), Tuple(Code("N")), Code("R")) },
        { "a parameter without a tensor", Whole(Global("torch._utils", "_rebuild_parameter"), Tuple(Code("N")), Code("R")) },
        { "a torch.Size that is not made of a tuple", Whole(Global("torch", "Size"), Tuple(Code("]")), Code("R")) },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void Read_DamagedPickle_SaysWhatIsWrong(string expected, byte[] pickle) => AssertRefused(expected, pickle);

    [Theory]
    [InlineData(0, new long[] { 7 }, new long[] { 1 }, "does not lie within the 6 elements of its storage 0")]
    [InlineData(1, new long[] { 6 }, new long[] { 1 }, "does not lie within")]
    [InlineData(0, new long[] { 2, 2 }, new long[] { 5, 1 }, "does not lie within")]
    [InlineData(-1, new long[] { 2 }, new long[] { 1 }, "does not lie within")]
    [InlineData(7, new long[] { 0 }, new long[] { 1 }, "does not lie within")]
    [InlineData(0, new long[] { -2 }, new long[] { 1 }, "a tensor with -2 among its sizes or strides")]
    [InlineData(5, new long[] { 2 }, new long[] { -1 }, "a tensor with -1 among its sizes or strides")]
    [InlineData(0, new long[] { 2 }, new long[] { 1, 1 }, "a tensor of 1 sizes and 2 strides")]
    [InlineData(0, new long[] { 4611686018427387904, 4 }, new long[] { 0, 0 }, "too large to be one")]
    [InlineData(0, new long[] { 2, 3 }, new long[] { 9223372036854775807, 1 }, "too large to be one")]
    [InlineData(9223372036854775807, new long[] { 2 }, new long[] { 1 }, "too large to be one")]
    public void Read_TensorBeyondItsStorage_IsRefused(long offset, long[] sizes, long[] strides, string expected) =>
        AssertRefused(expected, StateDictionary(("w", Tensor(Storage("0", 6), offset, sizes, strides))));

    [Fact]
    public void Read_TensorOf17Dimensions_IsRefused() => AssertRefused(
        "a tensor of 17 sizes and 17 strides; expected as many, and at most 16",
        StateDictionary(("w", Tensor(Storage("0", 6), 0, new long[17], new long[17]))));

    [Fact]
    public void Read_DictionaryThatHoldsItself_Ends()
    {
        byte[] pickle = Whole(Code("}q"), [0], Text("state_dict"), Code("h"), [0], Code("s"));

        var read = Assert.IsType<PickleDictionary>(PickleMachine.Read(pickle, "data.pkl"));

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => TorchStateDictionary.Find(read, "data.pkl"));
        Assert.Contains("no tensors", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Reference(string kind, byte[] type) =>
        Join(Tuple(Text(kind), type, Text("0"), Text("cpu"), Number(1)), Code("Q"));

    private static void AssertRefused(string expected, byte[] pickle)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => PickleMachine.Read(pickle, "net.pth: archive/data.pkl"));

        Assert.StartsWith("net.pth: archive/data.pkl: before byte ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
