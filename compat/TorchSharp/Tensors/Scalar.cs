using System.Runtime.InteropServices.Marshalling;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A number of any type, for operations that take one beside a tensor.</summary>
[NativeMarshalling(typeof(ScalarMarshaller))]
public sealed class Scalar : IDisposable
{
    private Scalar(ScalarType type, long kind, long bits)
    {
        Type = type;
        Value = new ScalarValue(kind, bits);
    }

    /// <summary>Int64, Float64 or Bool.</summary>
    public ScalarType Type { get; }

    internal ScalarValue Value { get; }

    internal bool IsInteger => Value.Kind == 0;

    internal double AsDouble => Value.Kind == 1 ? BitConverter.Int64BitsToDouble(Value.Bits) : Value.Bits;

    internal long AsInt64 => Value.Kind == 1 ? (long)BitConverter.Int64BitsToDouble(Value.Bits) : Value.Bits;

    /// <summary>Does nothing: a scalar holds no native memory here.</summary>
    public void Dispose()
    {
    }

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(byte value) => FromInt64(value);

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(sbyte value) => FromInt64(value);

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(short value) => FromInt64(value);

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(int value) => FromInt64(value);

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(long value) => FromInt64(value);

    /// <summary>A floating-point number.</summary>
    public static implicit operator Scalar(Half value) => FromDouble((double)value);

    /// <summary>A floating-point number.</summary>
    public static implicit operator Scalar(float value) => FromDouble(value);

    /// <summary>A floating-point number.</summary>
    public static implicit operator Scalar(double value) => FromDouble(value);

    /// <summary>A boolean.</summary>
    public static implicit operator Scalar(bool value) => new(ScalarType.Bool, 2, value ? 1 : 0);

    private static Scalar FromInt64(long value) => new(ScalarType.Int64, 0, value);

    private static Scalar FromDouble(double value) => new(ScalarType.Float64, 1, BitConverter.DoubleToInt64Bits(value));
}
