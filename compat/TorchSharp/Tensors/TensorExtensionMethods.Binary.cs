using static TorchSharp.torch;

namespace TorchSharp;

// The binary form upstream writes: element type, number of axes and their lengths as LEB128, then the elements.
public static partial class TensorExtensionMethods
{
    /// <summary>Writes type, shape and elements.</summary>
    public static void Save(this Tensor tensor, BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(writer);
        WriteLeb128(writer, (long)tensor.dtype);
        long[] shape = tensor.shape;
        WriteLeb128(writer, shape.Length);
        foreach (long length in shape) WriteLeb128(writer, length);
        writer.Flush();
        tensor.WriteBytesToStream(writer.BaseStream);
    }

    /// <summary>Reads what <see cref="Save(Tensor, BinaryWriter)"/> wrote into a tensor of the same type and shape.</summary>
    /// <param name="tensor">The tensor to fill.</param>
    /// <param name="reader">The source.</param>
    /// <param name="skip">Whether to pass over the elements without reading them.</param>
    /// <exception cref="ArgumentException">The stream holds another type or shape.</exception>
    public static void Load(this Tensor tensor, BinaryReader reader, bool skip = false)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(reader);
        (ScalarType type, long[] shape) = ReadHeader(reader);
        if (skip)
        {
            Skip(reader, shape.TotalSize() * ElementTypes.Size(type));
            return;
        }

        if (type != tensor.dtype)
            throw new ArgumentException($"Mismatched tensor data types while loading: the tensor has {tensor.dtype}, the stream {type}.");
        if (!shape.AsSpan().SequenceEqual(tensor.shape))
        {
            throw new ArgumentException(
                $"Mismatched tensor shape while loading: the tensor has [{string.Join(", ", tensor.shape)}], the stream [{string.Join(", ", shape)}].");
        }

        ReadInto(tensor, reader);
    }

    /// <summary>Reads a tensor, or passes over it and returns null when <paramref name="skip"/> is set.</summary>
    public static Tensor Load(BinaryReader reader, bool skip = false)
    {
        ArgumentNullException.ThrowIfNull(reader);
        (ScalarType type, long[] shape) = ReadHeader(reader);
        if (skip)
        {
            Skip(reader, shape.TotalSize() * ElementTypes.Size(type));
            return null!;
        }

        Tensor tensor = empty(shape, type, CPU);
        ReadInto(tensor, reader);
        return tensor;
    }

    internal static void WriteLeb128(BinaryWriter writer, long value) => writer.Write7BitEncodedInt64(value);

    internal static long ReadLeb128(BinaryReader reader) => reader.Read7BitEncodedInt64();

    private static (ScalarType Type, long[] Shape) ReadHeader(BinaryReader reader)
    {
        var type = (ScalarType)ReadLeb128(reader);
        long axes = ReadLeb128(reader);
        if (axes is < 0 or > 64)
            throw new InvalidDataException($"The stream says the tensor has {axes} axes; it is damaged or not a saved tensor.");
        var shape = new long[axes];
        for (int axis = 0; axis < axes; axis++) shape[axis] = ReadLeb128(reader);
        return (type, shape);
    }

    private static void ReadInto(Tensor tensor, BinaryReader reader)
    {
        using IDisposable guard = no_grad();
        if (tensor.is_cpu() && tensor.is_contiguous())
        {
            tensor.ReadBytesFromStream(reader.BaseStream);
            return;
        }

        using Tensor local = empty(tensor.shape, tensor.dtype, CPU);
        local.ReadBytesFromStream(reader.BaseStream);
        tensor.copy_(local);
    }

    private static void Skip(BinaryReader reader, long bytes)
    {
        if (reader.BaseStream.CanSeek) reader.BaseStream.Seek(bytes, SeekOrigin.Current);
        else for (; bytes > 0; bytes -= Math.Min(bytes, 1 << 16)) reader.ReadBytes((int)Math.Min(bytes, 1 << 16));
    }
}
