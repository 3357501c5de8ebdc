using static TorchSharp.torch;

namespace TorchSharp;

// Which .NET type holds the elements of which type of tensor.
internal static class ElementTypes
{
    internal static ScalarType Of<T>() where T : unmanaged => Of(typeof(T));

    internal static ScalarType Of(Type type) =>
        type == typeof(float) ? ScalarType.Float32
        : type == typeof(double) ? ScalarType.Float64
        : type == typeof(long) ? ScalarType.Int64
        : type == typeof(int) ? ScalarType.Int32
        : type == typeof(short) ? ScalarType.Int16
        : type == typeof(sbyte) ? ScalarType.Int8
        : type == typeof(byte) ? ScalarType.Byte
        : type == typeof(bool) ? ScalarType.Bool
        : type == typeof(Half) ? ScalarType.Float16
        : throw new NotSupportedException($"No tensor has elements of type {type.Name}.");

    internal static void Require<T>(ScalarType dtype) where T : unmanaged
    {
        if (Of<T>() != dtype)
            throw new ArgumentException($"The elements are of type {dtype}; they cannot be read as {typeof(T).Name}.");
    }

    internal static int Size(ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
        ScalarType.ComplexFloat64 => 16,
        _ => throw new NotSupportedException($"Unknown element type {type}."),
    };
}
