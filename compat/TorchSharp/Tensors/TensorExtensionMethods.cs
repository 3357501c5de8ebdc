using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Reading numbers from tensors, and the binary form of tensors.</summary>
public static partial class TensorExtensionMethods
{
    /// <summary>The tensor as a parameter; the tensor itself is then as if disposed.</summary>
    public static Modules.Parameter AsParameter(this Tensor tensor) => new(tensor);

    /// <summary>Bytes per element of a type.</summary>
    public static int ElementSize(this ScalarType type) => ElementTypes.Size(type);

    /// <summary>The only element as 32-bit floating point.</summary>
    public static float ToSingle(this Tensor value) => value.ToScalar().ToSingle();

    /// <summary>The only element as 64-bit floating point.</summary>
    public static double ToDouble(this Tensor value) => value.ToScalar().ToDouble();

    /// <summary>The only element as a byte.</summary>
    public static byte ToByte(this Tensor value) => value.ToScalar().ToByte();

    /// <summary>The only element as a 32-bit integer.</summary>
    public static int ToInt32(this Tensor value) => value.ToScalar().ToInt32();

    /// <summary>The only element as a 64-bit integer.</summary>
    public static long ToInt64(this Tensor value) => value.ToScalar().ToInt64();

    /// <summary>The only element as a boolean.</summary>
    public static bool ToBoolean(this Tensor value) => value.ToScalar().ToBoolean();

    /// <summary>The product of axis lengths.</summary>
    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, (product, length) => product * length);
}
