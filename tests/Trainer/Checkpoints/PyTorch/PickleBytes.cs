using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Granary.Trainer.Tests.Checkpoints.PyTorch;

/// <summary>Writes pickles by hand and the archives around them: also those that torch would never write.</summary>
internal static class PickleBytes
{
    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    /// <summary>Operations that are plain characters, such as <c>}</c> or <c>tR</c>.</summary>
    public static byte[] Code(string letters) => Encoding.Latin1.GetBytes(letters);

    public static byte[] Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Join(Code("X"), Little(bytes.Length), bytes);
    }

    public static byte[] Number(long value)
    {
        byte[] digits = new byte[9];
        digits[0] = 8;
        BinaryPrimitives.WriteInt64LittleEndian(digits.AsSpan(1), value);
        return Join([0x8a], digits);
    }

    public static byte[] Global(string module, string name) => Code($"c{module}\n{name}\n");

    public static byte[] Tuple(params byte[][] items) => Join(Code("("), Join(items), Code("t"));

    public static byte[] Storage(string key, long elements, string type = "FloatStorage") =>
        Join(Tuple(Text("storage"), Global("torch", type), Text(key), Text("cpu"), Number(elements)), Code("Q"));

    public static byte[] Tensor(byte[] storage, long offset, long[] sizes, long[] strides) => Join(
        Global("torch._utils", "_rebuild_tensor_v2"),
        Tuple(storage, Number(offset), Tuple([.. sizes.Select(Number)]), Tuple([.. strides.Select(Number)]), [0x89], Code("}")),
        Code("R"));

    /// <summary>A whole pickle: protocol 2, <c>{name: tensor}</c>.</summary>
    public static byte[] StateDictionary(params (string Name, byte[] Tensor)[] items) => Whole(
        Code("}("), Join([.. items.Select(item => Join(Text(item.Name), item.Tensor))]), Code("u"));

    public static byte[] Whole(params byte[][] parts) => Join([0x80, 2], Join(parts), Code("."));

    /// <summary>An archive as torch writes it, of the pickle and records <c>NAME</c> in its folder.</summary>
    public static void WriteArchive(string path, byte[] pickle, params (string Name, byte[] Bytes)[] records)
    {
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        foreach ((string name, byte[] bytes) in records.Prepend(("data.pkl", pickle)))
        {
            using Stream stream = zip.CreateEntry("archive/" + name, CompressionLevel.NoCompression).Open();
            stream.Write(bytes);
        }
    }

    private static byte[] Little(int value)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
